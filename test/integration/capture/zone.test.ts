/** What the machine-readable zone of a page says at the desk: only that it is expired, or that it cannot be read. */
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sample } from '../../support/samples.ts';
import { BILL_SLOT, PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg } from './files.ts';

const PASSPORT = await sample('amelie-passport.jpg');

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** The rules that a passport's page breaks in this slot. */
async function rulesOf(bytes: Uint8Array, slot: string): Promise<string[]> {
  const { submissionId } = newCustomer(desk, 'persona', { givenName: 'Amelie', familyName: 'Example', birthDate: '' });
  await desk.capture.importBytes({ name: 'passport.jpg', bytes }, { submissionId, slot }, 'drop');
  await desk.capture.whenInspected();
  const [page] = desk.capture.submission(submissionId).pages;
  return page?.findings.map(({ rule }) => rule) ?? ['no page'];
}

/** The same page with a thumb on the last third of its zone. */
async function covered(bytes: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const thumb = {
    create: { width: Math.round(width / 4), height: Math.round(height / 6), channels: 3, background: '#c89' },
  } as const;
  return sharp(bytes)
    .composite([{ input: thumb, left: Math.round(width * 0.7), top: Math.round(height * 0.73) }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe('the zone of an identity document', () => {
  it('says nothing while it can be read and the document is valid', async () => {
    expect(await rulesOf(PASSPORT, PASSPORT_SLOT)).toEqual([]);
  });

  it('stops a document that has expired, and says nothing where no identity document is wanted', async () => {
    desk.clock.at = Date.UTC(2041, 0, 1);
    const bytes = PASSPORT;
    expect(await rulesOf(bytes, PASSPORT_SLOT)).toEqual(['mrz.expired']);
    expect(await rulesOf(bytes, BILL_SLOT)).not.toContain('mrz.expired');
    const stored = desk.db.all<{ findings: string }>('SELECT findings FROM pages');
    expect(JSON.stringify(stored)).not.toMatch(/2034|3403|EXAMPLE|AMELIE/);
  });

  it('is judged by the date of today, whatever the date was when it was looked at', async () => {
    const { batchId, submissionId } = newCustomer(desk, 'persona', {
      givenName: 'Amelie',
      familyName: 'Example',
      birthDate: '',
    });
    const into = (slot: string, bytes: Uint8Array) =>
      desk.capture.importBytes({ name: 'page.jpg', bytes }, { submissionId, slot }, 'drop');
    const rules = () =>
      desk.capture.submission(submissionId).pages.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    const today = desk.clock.at;
    desk.clock.at = Date.UTC(2041, 0, 1);
    await into(PASSPORT_SLOT, PASSPORT);
    await into(BILL_SLOT, await jpeg({ seed: 5 }));
    await desk.capture.whenInspected();
    expect(rules()).toContain('mrz.expired');
    expect(() => {
      desk.capture.releaseSubmission(submissionId);
    }).toThrow('capture.notReady');
    desk.clock.at = today;
    expect(rules()).not.toContain('mrz.expired');
    desk.clock.at = Date.UTC(2041, 0, 1);
    expect(rules()).toContain('mrz.expired');
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 0, kept: 1 });
    desk.clock.at = today;
    await desk.capture.recheckOpen(() => false, null);
    expect(desk.capture.submission(submissionId).state).toBe('ready');
    desk.clock.at = Date.UTC(2041, 0, 1);
    await desk.capture.recheckOpen(() => false, null);
    expect(desk.capture.submission(submissionId).state).toBe('draft');
    desk.clock.at = today;
    desk.capture.releaseSubmission(submissionId);
    expect(desk.capture.submission(submissionId).state).toBe('released');
  });

  it('asks for another scan when a part of it cannot be read', async () => {
    expect(await rulesOf(await covered(PASSPORT), PASSPORT_SLOT)).toEqual(['mrz.unsure']);
  });
});
