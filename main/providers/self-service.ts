import { z } from 'zod';
import { Side } from '../../shared/domain/index.ts';

const Message = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});

/** Which document and sides are wanted again; `sides` empty: every side of it. */
export const RetakeSlot = z.object({ requirementId: z.string(), sides: z.array(Side), message: Message });
export type RetakeSlot = z.infer<typeof RetakeSlot>;

/**
 * Part of the payload of the call that follows a customer who finishes by themselves: until when they are waited for (epoch ms), and
 * what is asked for at the desk again when they do not come.
 */
export const SelfService = z.object({
  selfService: z.object({ untilMs: z.number(), slots: z.array(RetakeSlot) }).exactOptional(),
});
