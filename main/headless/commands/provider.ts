import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

export const LinkOptions = z.object({ back: z.boolean().default(false) });

/**
 * The customer finishes a retake by themselves: prints the provider's link, once, and waits for the outcome from then on. Whoever has the
 * link acts as the customer. `--back`: they came back to the desk instead.
 */
export function link(
  { profile, output }: Invocation,
  options: z.output<typeof LinkOptions>,
  name = '',
): Promise<number> {
  // Nothing is asked of the provider to come back; a started dispatcher would ask at once, and what is being asked cannot be called off.
  return withServices(profile, { isStarted: !options.back }, async ({ services }) => {
    const submissionId = await findSubmission(services, name);
    if (options.back) {
      services.asking.backFromCustomer(submissionId);
      output.result({ submissionId }, () => [
        'It is no longer waited for the customer. The retake is done at the desk.',
      ]);
      return EXIT.ok;
    }
    const url = await services.asking.link(submissionId);
    output.result({ submissionId, url }, () => [
      url,
      'Give this link to the customer and to nobody else: whoever has it acts as the customer. It is shown only now.',
    ]);
    return EXIT.ok;
  });
}

/** How the customer's record stands at the provider. Prints no field of the customer's, only which ones differ. */
export function providerRecord({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const record = await services.asking.record(await findSubmission(services, name));
    output.result(record, () => [
      `record   ${record.recordId}`,
      `status   ${record.status ?? 'not shown'}`,
      `flow     ${record.flow ?? 'not shown'}`,
      `differs  ${record.differing.length === 0 ? 'nothing' : record.differing.join(', ')}`,
    ]);
    return EXIT.ok;
  });
}

export const KeptOptions = z.object({ out: z.string().min(1) });

/**
 * For an audit: what the provider keeps of the customer's documents, as files in a folder that a person names, readable by this account
 * only. They are in clear there, and Satchel forgets them. A file that is there already is never overwritten.
 */
export function kept(
  { profile, output }: Invocation,
  options: z.output<typeof KeptOptions>,
  name = '',
): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const documents = await services.asking.kept(await findSubmission(services, name));
    const files = await writeAll(options.out, documents);
    output.result({ folder: options.out, files }, () => [
      ...files,
      `${files.length} files in ${options.out}, in clear. Delete them when they are no longer needed.`,
      ...(documents.some(({ providerType }) => providerType === null)
        ? ['The provider does not say which of them is which.']
        : []),
    ]);
    return EXIT.ok;
  });
}

/** All of them or none: what is in clear must not stay behind where the person was told that it failed. Answers their names. */
async function writeAll(folder: string, documents: Awaited<ReturnType<Services['asking']['kept']>>): Promise<string[]> {
  const written: string[] = [];
  let file = '';
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [index, { providerType, bytes }] of documents.entries()) {
      // The provider names no type.
      const ending = (await fileTypeFromBuffer(bytes))?.ext ?? 'bin';
      const what = (providerType ?? 'document').replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase();
      file = `${String(index + 1).padStart(2, '0')}-${what}.${ending}`;
      await using handle = await open(join(folder, file), 'wx', 0o600);
      written.push(file);
      await handle.writeFile(bytes);
    }
    return written;
  } catch (error) {
    for (const name of written) await rm(join(folder, name), { force: true });
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST' && file !== '';
    throw new SatchelFailure({
      code: isThere ? 'conflict' : 'storage',
      message: isThere
        ? { code: 'app.keptFileExists', params: { file } }
        : { code: 'app.keptNotWritten', params: { folder } },
    });
  }
}
