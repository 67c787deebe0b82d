import { z } from 'zod';
import { SendingRules, clockText, minuteOf } from '../../../shared/domain/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { withServices } from './with-services.ts';

const Hours = z.string().transform((text, context) => {
  if (text === 'always') return null;
  const [from, until] = text.split('-').map(minuteOf);
  if (from === undefined || until === undefined || from === null || until === null || from === until) {
    context.addIssue({ code: 'custom', message: 'two different times such as 20:00-06:00, or "always"' });
    return z.NEVER;
  }
  return { from, until };
});

const Limit = z.union([
  z.literal('none').transform(() => null),
  z.coerce.number().pipe(SendingRules.shape.maxKilobitsPerSecond.unwrap()),
]);

/** Options of `sending`; what is left out stays as it is. */
export const SendingOptions = z.object({
  hours: Hours.optional(),
  limit: Limit.optional(),
  background: z
    .enum(['on', 'off'])
    .transform((text) => text === 'on')
    .optional(),
});

/** Shows what is set about sending, after changing what was named. */
export function sending({ profile, output }: Invocation, options: z.infer<typeof SendingOptions>): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const before = services.sending.get();
    const rules = {
      hours: options.hours === undefined ? before.hours : options.hours,
      maxKilobitsPerSecond: options.limit === undefined ? before.maxKilobitsPerSecond : options.limit,
      finishesWithoutWindow: options.background ?? before.finishesWithoutWindow,
    };
    if (Object.values(options).some((option) => option !== undefined)) services.sending.set(rules);
    const { hours, maxKilobitsPerSecond, finishesWithoutWindow } = rules;
    output.result(rules, () => [
      `hours       ${hours === null ? 'always' : `${clockText(hours.from)}-${clockText(hours.until)}`}`,
      `bandwidth   ${maxKilobitsPerSecond === null ? 'not limited' : `${maxKilobitsPerSecond} kbit/s`}`,
      `background  ${finishesWithoutWindow ? 'finishes without the window' : 'ends with the window'}`,
    ]);
    return Promise.resolve(EXIT.ok);
  });
}
