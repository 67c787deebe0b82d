import type { InspectionPort } from '../../main/inspection/index.ts';
import { Subject } from '../../shared/domain/index.ts';
import type { Finding, MediaType, ProviderId } from '../../shared/domain/index.ts';
import { PRACTICE_FLOWS } from '../../shared/domain/practice-flows.ts';
import { preflight } from '../../shared/rules/index.ts';

/** One page as it comes in: its bytes, and the slot (`requirement/type/side`) that it lies in. */
export interface ComingPage {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  readonly slot: string;
}

/** What inspection and preflight find about a page by itself, as the desk would say it. */
export async function findingsFor(
  inspection: InspectionPort,
  { bytes, mediaType, slot }: ComingPage,
  provider: ProviderId = 'personr',
): Promise<Finding[]> {
  const seen = await inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
  const [flow] = PRACTICE_FLOWS[provider];
  if (flow === undefined) throw new Error('there is no practice flow');
  const findings = preflight({
    provider,
    flow,
    documents: [],
    pages: [
      {
        ...seen,
        id: 'page',
        slot,
        fileName: 'scan',
        mediaType,
        byteLength: bytes.byteLength,
        sha256: '',
        isInspected: true,
        isDelivered: false,
        duplicateReference: null,
        alike: null,
        readings: [],
        sameNumberReference: null,
      },
    ],
    subject: Subject.parse({}),
    unconfirmed: {},
    decided: new Set(),
    retakeSlots: [],
    now: Date.UTC(2026, 10, 26),
  });
  return findings.filter(({ pageId }) => pageId !== null);
}
