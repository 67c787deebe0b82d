/**
 * kill -9 while a page is on its way, at four exact moments, for both providers. The practice server lives in this test's
 * process and counts by itself: afterwards it has every page exactly once, and the desk says nothing else.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import { ownConnection, releaseByDialog } from '../support/desk-customers.ts';
import {
  allSubmissions,
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  seeStates,
  tableRow,
} from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { startHeldLink } from '../support/held-link.ts';
import type { HeldLink, Moment } from '../support/held-link.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';

const UPLOAD_PATHS = { persona: '/document/generics', personr: '/api-document-upload' } as const;
const MOMENTS: readonly Moment[] = ['early', 'lastByte', 'delivered', 'answer'];

let profile: string;
let files: string;
let practice: PracticeForTests;
let link: HeldLink;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('killed');
  files = makeFolder('killed-files');
  practice = await startPractice(files);
  link = await startHeldLink(practice.server.port);
  desk = await openDesk(profile);
  for (const provider of ['persona', 'personr'] as const) {
    await desk.call('connection.create', { connection: connectionTo(provider, link.origin) });
  }
});
afterAll(async () => {
  await desk.close();
  await link.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

const sent = new Map<string, string>();
let seed = 1_000;

/** A customer with two pages of about 0.8 MB each, captured by dialog and released. */
async function releaseCustomer(provider: 'persona' | 'personr', reference: string): Promise<void> {
  const paths: string[] = [];
  for (const part of ['one', 'two']) {
    seed += 1;
    const path = join(files, `${reference}-${part}.jpg`);
    await writeFile(path, await jpeg({ width: 2_200, height: 1_600, seed }));
    sent.set(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
      `${reference}-${part}`,
    );
    paths.push(path);
  }
  await releaseByDialog(desk, {
    connectionId: await ownConnection(desk, provider),
    provider,
    subject: {
      givenName: 'Karl',
      familyName: 'Killed',
      country: 'AUS',
      email: 'karl@example.invalid',
      phone: '+61491570006',
      reference,
    },
    paths,
  });
}

describe('kill -9 while uploading', () => {
  for (const provider of ['persona', 'personr'] as const) {
    for (const moment of MOMENTS) {
      it(`${provider}, ${moment}`, async () => {
        const standsStill = link.hold(UPLOAD_PATHS[provider], moment);
        await releaseCustomer(provider, `${provider}-${moment}`);
        await standsStill;
        // Nothing of it counts as sent while its answer is not here.
        const row = (await allSubmissions(desk)).find(({ reference }) => reference === `${provider}-${moment}`);
        expect(row?.state).toBe('sending');
        await desk.kill();
        await link.letGo();
        desk = await openDesk(profile);
        await seeStates(desk, { [`${provider}-${moment}`]: 'accepted' });
      });
    }
  }

  it('left every page exactly once at the provider, an intact ledger and nothing for a person to guess', async () => {
    const counted = await practice.files();
    const stored = Object.fromEntries(counted.map(({ sha256, stored: count }) => [sent.get(sha256) ?? sha256, count]));
    expect(stored).toEqual(Object.fromEntries([...sent.values()].map((name) => [name, 1])));

    const all = await details(desk);
    expect(all).toHaveLength(8);
    for (const submission of all) {
      expect(submission.pages.every(({ isDelivered }) => isDelivered)).toBe(true);
      expect(submission.beside).toEqual([]);
    }
    expect(await desk.call('activity.verify', {})).toMatchObject({ isIntact: true });
    await goTo(desk, 'Submissions');
    await tableRow(desk, 'personr-answer').click();
    // What was in doubt is said in the timeline, not hidden.
    await desk.window.getByText('Personr has the page already; nothing was sent twice.').first().waitFor();
    expectNoComplaints(desk);
  });
});
