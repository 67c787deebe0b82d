import type { DocumentType } from '../../../shared/domain/index.ts';

/**
 * Persona's identifier of a government id's class (its page "Government ID verifications"). Null where several fit: then
 * Persona tells by itself. Countries have classes of their own, which a flow may name as its provider type.
 */
export function idClassOf(documentType: DocumentType): string | null {
  return ID_CLASSES[documentType] ?? null;
}

const ID_CLASSES: Partial<Record<DocumentType, string>> = {
  passport: 'pp',
  driving_licence: 'dl',
  id_card: 'id',
};
