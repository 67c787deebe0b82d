import { z } from 'zod';

export const Severity = z.enum(['blocking', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/**
 * Something that a check noticed. `rule` is a stable id (`page.damaged`, `persona.file.tooLarge`), also the message code
 * `finding.<rule>` for the sentence and `finding.<rule>.next` for its one next step.
 * `pageId` null: it belongs to the submission (a missing slot or field); then `slot` or `field` names the place.
 */
export const Finding = z.object({
  rule: z.string().regex(/^[a-z][A-Za-z0-9.]*$/),
  severity: Severity,
  pageId: z.string().nullable(),
  slot: z.string().nullable(),
  field: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof Finding>;

/** Everything that was found about a submission: its own findings, then those of its pages. */
export function allFindings(detail: {
  readonly findings: readonly Finding[];
  readonly pages: readonly { readonly findings: readonly Finding[] }[];
}): Finding[] {
  return [...detail.findings, ...detail.pages.flatMap((page) => page.findings)];
}
