import type { Inspection, InspectionPort } from '../../main/inspection/index.ts';
import { Subject } from '../../shared/domain/index.ts';
import type { Finding, MediaType, ProviderId } from '../../shared/domain/index.ts';
import { preflight } from '../../shared/rules/index.ts';
import { flowOf } from './flow-of.ts';
import { rulePage } from './rule-pages.ts';

/** One page as it comes in: its bytes, and the slot (`requirement/type/side`) that it lies in. */
export interface ComingPage {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  readonly slot: string;
}

type Seen = Pick<Inspection, 'widthPixels' | 'heightPixels' | 'sheetCount' | 'facts' | 'measures'>;

/** What preflight finds about a page that was looked at, by itself, as the desk would say it. */
export function judged(page: ComingPage & Seen, provider: ProviderId): Finding[] {
  const { bytes, mediaType, slot, widthPixels, heightPixels, sheetCount, facts, measures } = page;
  const seen = { widthPixels, heightPixels, sheetCount, facts, measures };
  const findings = preflight({
    provider,
    flow: flowOf(provider),
    documents: [],
    pages: [rulePage(slot, { ...seen, fileName: 'scan', mediaType, byteLength: bytes.byteLength })],
    subject: Subject.parse({}),
    unconfirmed: {},
    decided: new Set(),
    retakeSlots: [],
    now: Date.UTC(2026, 10, 26),
  });
  return findings.filter(({ pageId }) => pageId !== null);
}

/** What inspection and preflight find about a page by itself. */
export async function findingsFor(
  inspection: InspectionPort,
  page: ComingPage,
  provider: ProviderId = 'personr',
): Promise<Finding[]> {
  const { bytes, mediaType } = page;
  const seen = await inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
  return judged({ ...page, ...seen }, provider);
}
