import { z } from 'zod';
import { OwnerPosition } from '../../../shared/domain/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

export const OwnerOptions = z.object({ position: OwnerPosition.exactOptional(), remove: z.boolean().default(false) });

/** Says who owns or directs a company; without an option, who does. Both are named by reference or id. */
export function owner(
  { profile, output }: Invocation,
  { position, remove }: z.output<typeof OwnerOptions>,
  company = '',
  person = '',
): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { capture } = services;
    const companyId = await findSubmission(services, company);
    if (person !== '') {
      const ownerId = await findSubmission(services, person);
      capture.setOwner(companyId, ownerId, remove ? null : (position ?? 'Other'));
    }
    const { owners } = capture.submission(companyId);
    output.result({ submissionId: companyId, owners }, () =>
      owners.length === 0
        ? ['No owner is named.']
        : owners.map((one) => `${one.position.padEnd(12)}${capture.referenceOf(one.submissionId) || one.submissionId}`),
    );
    return EXIT.ok;
  });
}
