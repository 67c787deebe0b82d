import type { PlannedOperation } from '../port.ts';
import { PERSONA_UPDATE, type UpdatePayload } from './payloads.ts';

/**
 * New pages for a document that Persona has already, with others, and that was never submitted. The create that comes after it makes
 * another document only where Persona does not take them. `byteLength`: of all pages.
 */
export function updateOf(
  { documentId, requirementId, kind, pageIds, sides, attachment, owner, providerDocumentId }: UpdatePayload,
  byteLength: number,
  needs: readonly string[],
): PlannedOperation {
  return {
    ref: `update:${documentId}`,
    kind: PERSONA_UPDATE,
    payload: { documentId, requirementId, kind, pageIds, sides, attachment, owner, providerDocumentId },
    needs,
    pageId: null,
    byteLength,
  };
}
