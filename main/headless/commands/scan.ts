import { z } from 'zod';
import {
  ColourMode,
  fixedProfile,
  profileFor,
  ProfileSize,
  ScanProfile,
  scanSubjectOf,
  ScanSource,
  withProfile,
} from '../../../shared/domain/index.ts';
import type { ScannerView } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

/** The scanners that answer now, and what each of their paper sources can do. Exit code 1 when there is none. */
export function listScanners({ profile, output }: Invocation): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { scanning } = services;
    const { devices, reason } = await scanning.list({ isFresh: true });
    const found = await Promise.all(
      devices.map(async (device) => {
        try {
          return { ...device, sources: await scanning.capabilities(device.id), trouble: null };
        } catch (error) {
          if (!(error instanceof SatchelFailure)) throw error;
          return { ...device, sources: [], trouble: error.failure.message };
        }
      }),
    );
    output.result({ devices: found, reason }, () => [
      ...(reason === null ? [] : [inEnglish(reason)]),
      ...found.map(({ id, name, sources, trouble }) => {
        const what = trouble === null ? sources.map(({ source }) => source).join(', ') : inEnglish(trouble);
        return `${id}: ${name} (${what})`;
      }),
    ]);
    return devices.length > 0 ? EXIT.ok : EXIT.failed;
  });
}

/** Options of `scan`. What is given about the profile is remembered for that paper source, as in the window. */
export const ScanOptions = z.object({
  scanner: z.string().nullable().default(null),
  source: ScanSource.nullable().default(null),
  slot: z.string().max(120).nullable().default(null),
  dpi: z.coerce.number().pipe(ScanProfile.shape.dpi).nullable().default(null),
  colour: ColourMode.nullable().default(null),
  size: ProfileSize.nullable().default(null),
  wait: z.boolean().default(false),
});
type ScanOptions = z.infer<typeof ScanOptions>;

/**
 * Scans into a submission: one page from the glass, or all that lies in the feeder. Exit code 3 when some pages came in and
 * then the scan ended early, 1 when none did.
 */
export function scan({ profile, output }: Invocation, options: ScanOptions, name = ''): Promise<number> {
  let page = 0;
  return withServices(
    profile,
    {
      isStarted: false,
      listen: (event, payload) => {
        if (event !== 'scanProgress' || !('scan' in payload) || payload.scan?.phase !== 'scanning') return;
        if (payload.scan.page !== page) output.line(`scanning page ${payload.scan.page}`);
        page = payload.scan.page;
      },
    },
    async ({ services }) => {
      const submissionId = await findSubmission(services, name);
      const order = await choose(services, options, submissionId);
      const report = await services.scanning.scan({
        ...order,
        submissionId,
        slot: options.slot,
        replacesPageId: null,
      });
      await services.capture.whenInspected();
      output.result(report, () => [
        ...report.imported.map(({ fileName, slot }) => `${fileName}: ${slot ?? 'in the tray'}`),
        ...report.refused.map(({ message }) => `refused: ${inEnglish(message)}`),
        ...(report.stopped === null ? [] : [inEnglish(report.stopped.message)]),
      ]);
      if (report.stopped === null) return EXIT.ok;
      return report.imported.length > 0 ? EXIT.partly : EXIT.failed;
    },
  );
}

/**
 * The device and source that are meant: those given, else those fixed for the document or used last, else the first. Keeps what
 * was given.
 */
async function choose(
  { scanning, capture }: Services,
  options: ScanOptions,
  submissionId: string,
): Promise<{ deviceId: string; source: z.infer<typeof ScanSource> }> {
  const { devices, reason } = await scanning.list({ isFresh: false });
  const remembered = scanning.choice.get();
  const isMeant = ({ id, name }: ScannerView): boolean => id === options.scanner || name === options.scanner;
  const device =
    options.scanner === null
      ? (devices.find(({ id }) => id === remembered.deviceId) ?? devices[0])
      : devices.find(isMeant);
  if (device === undefined) {
    throw new SatchelFailure({ code: 'not_found', message: reason ?? { code: 'scan.offline' } });
  }
  const subject = scanSubjectOf(capture.submission(submissionId), options.slot);
  const source = options.source ?? fixedProfile(remembered, subject)?.source ?? remembered.source;
  const { dpi, colour, size } = options;
  const before = profileFor(remembered, source, subject);
  const after = {
    dpi: dpi ?? before.dpi,
    colour: colour ?? before.colour,
    size: size ?? before.size,
    waitsForPaper: options.wait || before.waitsForPaper,
  };
  scanning.choice.set(
    withProfile(
      { ...remembered, deviceId: device.id, source: options.source ?? remembered.source },
      source,
      subject,
      after,
    ),
  );
  return { deviceId: device.id, source };
}
