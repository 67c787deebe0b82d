import { slotKey } from '../domain/index.ts';
import type { DocumentType, Flow } from '../domain/index.ts';
import type { PreflightInput, RuleDocument, Slot } from './types.ts';

/** The chosen document per requirement; where none was chosen, the one that the flow offers first. */
export function documentsOf(flow: Flow, chosen: readonly RuleDocument[]): Required<RuleDocument>[] {
  return flow.requirements.map((requirement) => {
    const choice = chosen.find((document) => document.requirementId === requirement.id);
    const accepted =
      requirement.accepts.find((option) => option.documentType === choice?.documentType) ?? requirement.accepts[0];
    return {
      requirementId: requirement.id,
      documentType: accepted?.documentType ?? 'other',
      country: choice?.country ?? '',
      issuedOn: choice?.documentType === accepted?.documentType ? (choice?.issuedOn ?? '') : '',
    };
  });
}

/** Every slot of a submission, in the flow's order. */
export function slotsOf(flow: Flow, chosen: readonly RuleDocument[]): Slot[] {
  const documents = documentsOf(flow, chosen);
  return flow.requirements.flatMap((requirement) => {
    const document = documents.find((candidate) => candidate.requirementId === requirement.id);
    const accepted = requirement.accepts.find((option) => option.documentType === document?.documentType);
    return (accepted?.sides ?? []).map((side) => ({
      key: slotKey(requirement.id, accepted?.documentType ?? 'other', side),
      requirementId: requirement.id,
      requirementLabel: requirement.label,
      requirementLabelKey: requirement.labelKey ?? null,
      documentType: accepted?.documentType ?? 'other',
      side,
      isOptional: requirement.isOptional,
    }));
  });
}

/** Of each document that has pages, the first slot that holds one. */
export function begunSlots({ flow, documents, pages }: Pick<PreflightInput, 'flow' | 'documents' | 'pages'>): Slot[] {
  const filled = new Set(pages.map(({ slot }) => slot));
  const begun = slotsOf(flow, documents).filter(({ key }) => filled.has(key));
  return begun.filter(
    ({ requirementId }, index) => begun.findIndex((slot) => slot.requirementId === requirementId) === index,
  );
}

/** True when a file of this type can be what the slot wants: a selfie is never a PDF. */
export function fits(documentType: DocumentType, mediaType: string): boolean {
  return documentType !== 'selfie' || mediaType !== 'application/pdf';
}
