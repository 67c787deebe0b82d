import { z } from 'zod';

/** What a training thread is asked for: `seed` draws the sheets and the first weights, `testSeed` the sheets of the test. */
export const TrainingJob = z.object({
  seed: z.number().int(),
  testSeed: z.number().int(),
  sheets: z.number().int().min(1),
  epochs: z.number().int().min(1),
});
export type TrainingJob = z.infer<typeof TrainingJob>;

/** What it tells: first how far it is, at the end the network as the reader's file keeps it. */
export const TrainingNews = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), text: z.string() }),
  z.object({
    kind: z.literal('trained'),
    network: z.object({
      seed: z.number().int(),
      characters: z.number().int(),
      /** Share of the test's characters whose likeliest class is the true one. */
      rightInTest: z.number(),
      sha256: z.string(),
      scales: z.array(z.number()),
      data: z.string(),
    }),
  }),
]);
export type TrainingNews = z.infer<typeof TrainingNews>;
