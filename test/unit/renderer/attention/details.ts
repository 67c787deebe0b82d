import { EMPTY_SUBJECT } from '../../../../shared/domain/index.ts';
import type { Finding, SlotView, SubmissionDetail } from '../../../../shared/domain/index.ts';

/** A slot that is filled and wanted by nobody, except for what a test names. */
export function slot(part: Partial<SlotView> & { key: string }): SlotView {
  return {
    requirementId: 'identity',
    requirementLabelKey: null,
    requirementLabel: 'Identity document',
    documentType: 'id_card',
    side: 'front',
    isOptional: false,
    pageId: 'page-1',
    wantsRetake: null,
    ...part,
  };
}

/** A finding about nothing in particular, except for what a test names. */
export function finding(part: Partial<Finding>): Finding {
  return { rule: 'page.blurred', severity: 'blocking', pageId: null, slot: null, field: null, params: {}, ...part };
}

/** Customer data in every place where a view can hold some; none of these texts may leave the PC in a report. */
export const SECRETS = [
  'Quirinius',
  'Featherstonehaugh',
  '1961-04-12',
  'quirinius@example.test',
  '+4915112345678',
  'KD-998877',
  'passport_quirinius.jpg',
  'm.operator',
  'Main Street branch of Featherston',
] as const;

/** A submission in trouble, full of customer data. */
export function detailInTrouble(part: Partial<SubmissionDetail> = {}): SubmissionDetail {
  const [given, family, birthDate, email, phone, reference, fileName, operator, connectionName] = SECRETS;
  const message = { code: 'personr.refused', params: { fileName, name: family, status: 410 } };
  return {
    id: 'submission-1',
    batchId: 'batch-1',
    batchNumber: 7,
    isStack: false,
    connectionId: 'connection-1',
    connectionName,
    connectionNameKey: null,
    provider: 'personr',
    flowName: `Flow for ${family}`,
    flowNameKey: null,
    customer: `${family}, ${given}`,
    reference,
    state: 'sending',
    beside: ['attention'],
    cause: 'call_it',
    light: 'green',
    filledSlots: 1,
    requiredSlots: 1,
    pageCount: 1,
    operator,
    createdAt: 0,
    updatedAt: 0,
    nextEventAt: null,
    explanation: message,
    flow: { id: 'identity', name: `Flow for ${family}`, requiredFields: [], requirements: [] },
    heldFields: [],
    owners: [],
    selfService: null,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: given,
      familyName: family,
      birthDate,
      country: 'AUS',
      email,
      phone,
      reference,
    },
    unconfirmed: {},
    disagreements: [],
    documents: [],
    slots: [slot({ key: 'identity/id_card/front' })],
    pages: [
      {
        id: 'page-1',
        fileName,
        mediaType: 'image/jpeg',
        byteLength: 10,
        sha256: 'a',
        rendition: null,
        widthPixels: 1,
        heightPixels: 1,
        straightenedSheets: [],
        sheetCount: 1,
        isInspected: true,
        slot: 'identity/id_card/front',
        capturedAt: 0,
        source: 'drop',
        replacesPageId: null,
        sameNumberAs: null,
        duplicateOf: { pageId: 'page-9', submissionId: 'submission-9', reference, capturedAt: 0 },
        alikeTo: null,
        findings: [],
        isDelivered: false,
        purgedAt: null,
      },
    ],
    tray: [],
    findings: [finding({ params: { name: family } })],
    operations: [
      {
        id: 'operation-1',
        kind: 'personr.upload',
        state: 'attention',
        pageId: 'page-1',
        attempts: 4,
        nextAt: Date.UTC(2026, 10, 22, 4),
        lastError: message,
        errorStatus: 410,
        recordIds: ['42x42'],
      },
    ],
    timeline: [
      {
        sequence: 1,
        at: 0,
        operator,
        message: { code: 'ledger.voided', params: { reason: `${family} left` } },
        requestId: null,
        status: null,
        nextAt: null,
        kind: 'person',
      },
      {
        sequence: 2,
        at: Date.UTC(2026, 10, 22, 3),
        operator: 'system',
        message,
        requestId: 'req_8Kd2',
        status: 503,
        nextAt: null,
        kind: 'provider',
      },
    ],
    attention: { cause: 'call_it', message, choices: ['retry'], doubt: null },
    ...part,
  };
}
