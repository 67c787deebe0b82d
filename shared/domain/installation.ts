import { z } from 'zod';

/**
 * Why a profile may be a copy. `other_pc`: nothing is known of it here. `elsewhere`: it ran in another folder of this PC.
 * `older`: it ran here, and further than this.
 */
export type CopyReason = 'other_pc' | 'elsewhere' | 'older';

/**
 * What a person says about it. `moved`: this is the profile itself, the old place is not used any more, and nothing was
 * sent there since. `older_copy`: something may have been sent from the other one since; it is not used any more.
 * As long as the original is in use nothing is decided, and nothing is sent from the copy.
 */
export const CopyDecision = z.enum(['moved', 'older_copy']);
export type CopyDecision = z.infer<typeof CopyDecision>;
