import { describe, expect, it } from 'vitest';
import { recordIdsOf } from '../../../main/providers/record-id.ts';

describe('the provider’s ids of what a call was about', () => {
  it.each<[string, unknown, unknown, string[]]>([
    [
      'an applicant of a result',
      { applicantId: null, pageId: 'page-1', documentId: 'd1' },
      { applicantId: '4x2' },
      ['4x2'],
    ],
    ['an applicant of both, once', { applicantId: '4x2' }, { applicantId: '4x2', imageId: '9' }, ['4x2', '9']],
    [
      'a document of Persona’s',
      { documentId: 'd1', inquiryId: 'inq_1' },
      { providerDocumentId: 'doc_1' },
      ['inq_1', 'doc_1'],
    ],
    ['nothing yet', { flowName: 'Identity' }, null, []],
    ['what cannot be an id', { accountId: 'Ana Müller' }, { applicantId: 'ana@example.invalid' }, []],
  ])('%s', (_name, payload, result, expected) => {
    expect(recordIdsOf({ payload, result })).toEqual(expected);
  });
});
