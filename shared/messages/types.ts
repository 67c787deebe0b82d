/**
 * A sentence for a person, kept as a code with parameters until the last moment, so that the desk, the command line and
 * a second language can each put it into words. Parameters may hold a file name (shown, never logged) but no credential,
 * key or page content.
 */
export interface Message {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}
