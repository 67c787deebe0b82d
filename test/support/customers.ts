/** Customers of the tests, captured through the services as the window captures them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Services } from '../../main/app/index.ts';
import { EMPTY_SUBJECT, allFindings } from '../../shared/domain/index.ts';
import type { ProviderId } from '../../shared/domain/index.ts';
import { jpeg } from '../integration/capture/files.ts';
import { withFiller } from './pictures.ts';
import { flowOf } from './flow-of.ts';

const FILLER_BYTES = 60_000;

/** Makes pictures that no other call has made, as files of a folder. */
export class Pictures {
  readonly #folder: string;
  #seed: number;

  /** `seed`: where its numbers begin. */
  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.#seed = seed;
  }

  /** So small, without a `size`, that they are looked at quickly; always large enough to count as an upload. */
  async files(count: number, size: { width: number; height: number } = { width: 300, height: 220 }): Promise<string[]> {
    const paths: string[] = [];
    for (let n = 0; n < count; n += 1) {
      this.#seed += 1;
      const path = join(this.#folder, `${this.#seed}.jpg`);
      await writeFile(path, withFiller(await jpeg({ ...size, seed: this.#seed }), FILLER_BYTES));
      paths.push(path);
    }
    return paths;
  }
}

/** A customer of the provider's practice flow with its two pages, in a batch of their own; released. Answers its id. */
export async function releaseCustomer(
  { capture, dispatcher }: Services,
  customer: {
    readonly connectionId: string;
    readonly provider: ProviderId;
    readonly pictures: Pictures;
    readonly reference: string;
  },
): Promise<string> {
  const { connectionId, provider, pictures, reference } = customer;
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId,
    flowId: flowOf(provider).id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Wanda',
      familyName: 'Waits',
      country: 'AUS',
      email: `${reference}@example.invalid`,
      phone: '+61491570006',
      reference,
    },
  });
  await capture.importFiles(await pictures.files(2), { submissionId, slot: null }, 'dialog');
  await capture.whenInspected();
  const blocking = allFindings(capture.submission(submissionId)).filter(({ severity }) => severity === 'blocking');
  expect([capture.releaseBatch(batchId).released, blocking]).toEqual([1, []]);
  dispatcher.wake();
  return submissionId;
}
