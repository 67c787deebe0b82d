import { DEFAULT_SCAN_CHOICE, fitProfile } from '../../../shared/domain/index.ts';
import type {
  ScanChoice,
  ScannerView,
  ScanProfile,
  ScanSource,
  SourceCapabilities,
} from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { failureOf, useAction, useAnswers, useMethod } from '../../ipc/index.ts';

/** The scanner in front: which one, which of its paper sources, and how that one scans. */
export interface Scanner {
  /** The list of scanners is not there yet, or is being asked for again. */
  isLooking: boolean;
  devices: readonly ScannerView[];
  device: ScannerView | null;
  /** What the device's sources can do; empty until it has said so. */
  sources: readonly SourceCapabilities[];
  source: SourceCapabilities | null;
  /** As the source can do it; null without a source. */
  profile: ScanProfile | null;
  /** Why nothing can be scanned, with what to do about it; null: it can, or it is not known yet. */
  trouble: Message | null;
  chooseDevice: (deviceId: string) => void;
  chooseSource: (source: ScanSource) => void;
  setProfile: (change: Partial<ScanProfile>) => void;
  lookAgain: () => void;
}

const NOTHING: readonly never[] = [];

/** Asks for the scanners once per start of the app, and remembers what was chosen on this PC. */
export function useScanner(): Scanner {
  const answers = useAnswers();
  const list = useMethod('scanner.list', { isFresh: false });
  const { data: choice = DEFAULT_SCAN_CHOICE } = useMethod('scanner.choice', {});
  const choose = useAction('scanner.choose');
  const look = useAction('scanner.list');

  const devices = list.data?.devices ?? NOTHING;
  const device = devices.find(({ id }) => id === choice.deviceId) ?? devices[0] ?? null;
  const capabilities = useMethod(
    'scanner.capabilities',
    { deviceId: device?.id ?? '' },
    { isEnabled: device !== null },
  );
  const sources = device === null ? NOTHING : (capabilities.data ?? NOTHING);
  const source = sources.find((candidate) => candidate.source === choice.source) ?? sources[0] ?? null;
  const profile = source === null ? null : fitProfile(choice.profiles[source.source], source);

  const save = (change: Partial<ScanChoice>) => {
    const next = { ...choice, ...change };
    answers.set('scanner.choice', {}, next);
    choose.mutate(next, { onError: () => answers.askAgain('scanner.choice') });
  };

  return {
    isLooking: list.isPending || look.isPending,
    devices,
    device,
    sources,
    source,
    profile,
    trouble:
      list.data?.reason ??
      (list.error === null ? null : failureOf(list.error).message) ??
      (capabilities.error === null ? null : failureOf(capabilities.error).message),
    chooseDevice: (deviceId) => save({ deviceId }),
    chooseSource: (next) => save({ deviceId: device?.id ?? choice.deviceId, source: next }),
    setProfile: (change) => {
      if (source === null || profile === null) return;
      save({ profiles: { ...choice.profiles, [source.source]: { ...profile, ...change } } });
    },
    lookAgain: () =>
      look.mutate(
        { isFresh: true },
        {
          onSuccess: (found) => {
            answers.set('scanner.list', { isFresh: false }, found);
            answers.askAgain('scanner.capabilities');
          },
        },
      ),
  };
}
