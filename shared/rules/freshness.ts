import { daysSince, maxAgeOf } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { finding, placeOf } from './place.ts';
import { documentsOf } from './slots.ts';
import type { PreflightInput, RulePage } from './types.ts';

/** The first page that the provider does not have of a document; what it has is for it to judge. */
function firstPage({ pages }: PreflightInput, requirementId: string, documentType: string): RulePage | undefined {
  const prefix = `${requirementId}/${documentType}/`;
  return pages.find(({ slot, isDelivered }) => !isDelivered && slot?.startsWith(prefix) === true);
}

/**
 * Documents that were issued too long ago, by the day they were typed with and the date of now: a bill grows too old while its customer
 * waits. Source: the flow's `maxAgeDays`. A branch east of Greenwich has a day that UTC has not, so tomorrow is no mistake.
 */
export function freshnessFindings(input: PreflightInput): Finding[] {
  return documentsOf(input.flow, input.documents).flatMap(({ requirementId, documentType, issuedOn }) => {
    const requirement = input.flow.requirements.find(({ id }) => id === requirementId);
    const maxDays = requirement === undefined ? null : maxAgeOf(requirement, documentType);
    const page = maxDays === null ? undefined : firstPage(input, requirementId, documentType);
    if (maxDays === null || page === undefined) return [];
    const params = { file: page.fileName, max: maxDays };
    if (issuedOn === '') return [finding('document.issueDateMissing', 'info', placeOf(page), params)];
    const days = daysSince(issuedOn, input.now);
    if (days < -1) return [finding('document.issuedInFuture', 'blocking', placeOf(page), { file: page.fileName })];
    return days > maxDays ? [finding('document.tooOld', 'warning', placeOf(page), { ...params, days })] : [];
  });
}
