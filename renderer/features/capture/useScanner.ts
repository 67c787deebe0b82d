import {
  DEFAULT_SCAN_CHOICE,
  fitProfile,
  fixedProfile,
  profileFor,
  sizeFor,
  withFixed,
  withoutFixed,
  withProfile,
} from '../../../shared/domain/index.ts';
import type {
  ScanChoice,
  ScannerView,
  ScanProfile,
  ScanSize,
  ScanSource,
  ScanSubject,
  SourceCapabilities,
} from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { failureOf, useAction, useAnswers, useFoundScanners, useMethod } from '../../ipc/index.ts';
import type { FoundScanners } from '../../ipc/index.ts';

/** The scanner in front: which one, which of its paper sources, and how that one scans. */
export interface Scanner extends FoundScanners {
  /** Why nothing can be scanned, with what to do about it; null: it can, or it is not known yet. */
  trouble: Message | null;
  device: ScannerView | null;
  /** What the device's sources can do; empty until it has said so. */
  sources: readonly SourceCapabilities[];
  source: SourceCapabilities | null;
  /** As the source can do it; null without a source. */
  profile: ScanProfile | null;
  /** The size that the profile means for the document in front; null without a source. */
  size: ScanSize | null;
  /** What the next page will show; null: nothing is wanted. */
  subject: ScanSubject | null;
  /** Source and profile hold for this document of this connection alone. */
  isFixed: boolean;
  chooseDevice: (deviceId: string) => void;
  chooseSource: (source: ScanSource) => void;
  setProfile: (change: Partial<ScanProfile>) => void;
  setFixed: (isFixed: boolean) => void;
}

const NOTHING: readonly never[] = [];

/** The scanners that answer, and what was chosen on this PC for what is scanned. */
export function useScanner(subject: ScanSubject | null): Scanner {
  const answers = useAnswers();
  const found = useFoundScanners();
  const { data: choice = DEFAULT_SCAN_CHOICE } = useMethod('scanner.choice', {});
  const choose = useAction('scanner.choose');

  const { devices } = found;
  const device = devices.find(({ id }) => id === choice.deviceId) ?? devices[0] ?? null;
  const capabilities = useMethod(
    'scanner.capabilities',
    { deviceId: device?.id ?? '' },
    { isEnabled: device !== null },
  );
  const sources = device === null ? NOTHING : (capabilities.data ?? NOTHING);
  const fixed = fixedProfile(choice, subject);
  const wanted = fixed?.source ?? choice.source;
  const source = sources.find((candidate) => candidate.source === wanted) ?? sources[0] ?? null;
  const profile = source === null ? null : fitProfile(profileFor(choice, source.source, subject), source);

  const save = (next: ScanChoice) => {
    answers.set('scanner.choice', {}, next);
    choose.mutate(next, { onError: () => answers.askAgain('scanner.choice') });
  };

  return {
    ...found,
    device,
    sources,
    source,
    profile,
    size: source === null || profile === null ? null : sizeFor(profile.size, subject, source),
    subject,
    isFixed: fixed !== null,
    trouble: found.trouble ?? (capabilities.error === null ? null : failureOf(capabilities.error).message),
    chooseDevice: (deviceId) => save({ ...choice, deviceId }),
    chooseSource: (next) => {
      const chosen = { ...choice, deviceId: device?.id ?? choice.deviceId };
      if (subject === null || fixed === null) save({ ...chosen, source: next });
      else save(withFixed(chosen, subject, { source: next, profile: choice.profiles[next] }));
    },
    setProfile: (change) => {
      if (source === null || profile === null) return;
      save(withProfile(choice, source.source, subject, { ...profile, ...change }));
    },
    setFixed: (isFixed) => {
      if (source === null || profile === null || subject === null) return;
      save(isFixed ? withFixed(choice, subject, { source: source.source, profile }) : withoutFixed(choice, subject));
    },
  };
}
