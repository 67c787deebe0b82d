import type { Outcome } from '../../../main/providers/index.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { useWire, type Wire } from '../../support/wire.ts';

/** Persona's adapter before a server that answers what the test says: a document by itself, and Persona's answers to it. */

export const API_KEY = 'persona_sandbox_secret';

const PAGES: Record<string, TestPage> = {
  front: { mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 2]) },
  back: { mediaType: 'image/png', bytes: Buffer.from('png bytes') },
  bill: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
  broken: { mediaType: 'image/jpeg', bytes: Buffer.alloc(200_000), breaksAfter: 100_000 },
  gone: { mediaType: 'image/jpeg', bytes: null },
};

/** New for each test of the file. */
export function usePersona(): readonly [Wire, (more?: Partial<Parameters<typeof providerContext>[0]>) => TestContext] {
  const wire = useWire();
  const context = (more: Partial<Parameters<typeof providerContext>[0]> = {}): TestContext =>
    providerContext({
      http: wire.http,
      baseUrl: `${wire.server.url}/api/v1`,
      settings: { version: '2025-12-08', keyInflection: 'kebab' },
      credential: { apiKey: API_KEY },
      pages: PAGES,
      ...more,
    });
  return [wire, context];
}

export const createOf = (...pageIds: string[]) => ({
  documentId: 'd1',
  requirementId: 'identity',
  kind: 'passport',
  pageIds,
  sides: pageIds.map((id) => (id === 'front' || id === 'back' ? id : 'single')),
});
export const CREATE = operation('persona.document.create', createOf('front'));
export const SUBMIT = operation(
  'persona.document.submit',
  { documentId: 'd1', requirementId: 'identity' },
  {
    needed: [
      { kind: 'persona.document.create', payload: createOf('front', 'back'), result: { providerDocumentId: 'doc_1' } },
    ],
  },
);
export const submittedAt = (submittedAtMs: number) => ({
  providerDocumentId: 'doc_1',
  documentId: 'd1',
  requirementId: 'identity',
  submittedAtMs,
});
export const FOLLOW = operation(
  'persona.document.follow',
  { documentId: 'd1', requirementId: 'identity', submitted: null },
  { needed: [{ kind: 'persona.document.submit', payload: {}, result: submittedAt(Date.UTC(2026, 0, 2)) }] },
);

export function document(status: string, more: Record<string, unknown> = {}): unknown {
  return {
    data: { type: 'document/generic', id: 'doc_1', attributes: { status, 'processed-at': null, ...more } },
  };
}
export const errors = (title: string, details?: string, pointer?: string): unknown => ({
  errors: [
    { title, ...(details === undefined ? {} : { details }), ...(pointer === undefined ? {} : { source: { pointer } }) },
  ],
});

/** The outcome without what its tests do not look at. */
export function brief(outcome: Outcome): Record<string, unknown> {
  const { evidence, rateLimit: _rateLimit, ...rest } = outcome;
  return { ...rest, code: evidence.message.code };
}
