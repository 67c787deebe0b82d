import type { Finding, Flow } from '../domain/index.ts';
import type { PreflightInput, SizedPage, WantedRendition } from './types.ts';

/** What preflight asks of a provider; one file of this folder each. */
export interface ProviderRules {
  /** Its own rules, offline. */
  readonly findings: (input: PreflightInput) => Finding[];
  /** Forms it takes; every other one is converted before it is sent. */
  readonly mediaTypes: ReadonlySet<string>;
  /** A page of a form it takes that it wants in another all the same, under this flow; null: none. */
  readonly wantsInstead: (page: SizedPage, flow: Flow) => Pick<WantedRendition, 'rule' | 'mediaType'> | null;
  /** The most bytes that it takes of a picture: a rendition is made to fit. */
  readonly pictureMaxBytes: number;
  /** Findings without which its calls cannot be made, so that nobody can wave them through. */
  readonly neverOverridden: readonly string[];
}
