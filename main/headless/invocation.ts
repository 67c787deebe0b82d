import type { Output } from './output.ts';

/** What every command gets: where the profile is, and how to print. */
export interface Invocation {
  readonly profile: string;
  readonly output: Output;
}
