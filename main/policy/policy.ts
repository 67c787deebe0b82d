import { open } from 'node:fs/promises';
import { z } from 'zod';
import { ADMINISTRATOR, isAdministrators } from './trust.ts';

/** An account or a group, as the operating system writes it; on Windows with or without its domain, or as a SID. */
const Name = z.string().trim().min(1).max(256);

const Policy = z.strictObject({
  supervisors: z.strictObject({
    accounts: z.array(Name).max(200).default([]),
    groups: z.array(Name).max(200).default([]),
  }),
});
/** What the administrator of the PC has laid down for everybody who works on it. */
export type Policy = z.infer<typeof Policy>;

/**
 * `notTrusted`: somebody who is no administrator may have written it. `unreadable`: it is there, and this account cannot
 * read it. `malformed`: it is no JSON of this form, or has something in it that this version does not know.
 */
type PolicyProblem = 'notTrusted' | 'unreadable' | 'malformed';

export type FoundPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'refused'; readonly problem: PolicyProblem };

const LONGEST_BYTES = 64 * 1024;
/** Windows' own editor writes it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads the policy as it is now. Never rejects: what is wrong with it is part of the answer. `administrator`: the account
 * that must own it where there are such numbers; another one only in tests.
 */
export async function readPolicy(file: string, administrator = ADMINISTRATOR): Promise<FoundPolicy> {
  try {
    // Looked at and read by one handle, so that no other file takes its place between the two.
    const handle = await open(file);
    try {
      if (!(await isAdministrators(handle, file, administrator))) return { kind: 'refused', problem: 'notTrusted' };
      const { size } = await handle.stat();
      return size > LONGEST_BYTES ? { kind: 'refused', problem: 'malformed' } : parse(await handle.readFile('utf8'));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return isMissing(error) ? { kind: 'none' } : { kind: 'refused', problem: 'unreadable' };
  }
}

function parse(text: string): FoundPolicy {
  try {
    return { kind: 'policy', policy: Policy.parse(JSON.parse(text.replace(BYTE_ORDER_MARK, ''))) };
  } catch {
    return { kind: 'refused', problem: 'malformed' };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
