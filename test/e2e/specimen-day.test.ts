/**
 * The first day with Satchel: a new profile, the specimen batch, release by keyboard, the provider's decisions, the retake
 * of a refused image, and a rejection whose reason is nobody's business at the counter.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allSubmissions,
  answerFileDialog,
  customers,
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  SCREENS,
  seeStates,
  statusBar,
  tableRow,
} from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { whichElectron } from '../host/launch.ts';
import { samplePath } from '../support/samples.ts';
import { until } from '../support/until.ts';

/** Reject labels that Personr may give and that nobody at the counter may read. */
const LABELS_NOT_FOR_THE_COUNTER =
  /FORGERY|FRAUDULENT|SANCTIONS|CRIMINAL|ADVERSE_MEDIA|COMPROMISED_PERSONS|BLACKLIST|BLOCKLIST|WATCHLIST|\bPEP\b|REGULATIONS_VIOLATIONS/i;

let profile: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('day');
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
});

async function submissionOf(reference: string) {
  const row = (await allSubmissions(desk)).find((candidate) => candidate.reference === reference);
  if (row === undefined) throw new Error(`no submission ${reference}`);
  return desk.call('submission.get', { submissionId: row.id });
}

describe('a first day with the specimen batch', () => {
  it('welcomes, loads the specimens and shows their customers, ready', async () => {
    const { window } = desk;
    await window.getByText('Welcome to Satchel').waitFor();
    await statusBar(desk).getByText('Practice: nothing leaves this PC').waitFor();
    const { keyStore } = await desk.call('status.get', {});
    // The host keeps its key in a file; a real desktop may have a key store of its own.
    expect(keyStore.isSecure && whichElectron() === 'host').toBe(false);
    expect(await statusBar(desk).getByText('Key store: file on this PC, not secure').count()).toBe(
      keyStore.isSecure ? 0 : 1,
    );
    await window.getByRole('button', { name: 'Load the specimen batch' }).click();
    await window.getByRole('main', { name: 'Capture' }).waitFor();
    await until('six customers', async () => (await customers(desk).count()) === 6);
    for (const name of ['Amelie', 'Bruno', 'Clara', 'David', 'Elena', 'Felix']) {
      expect(await customers(desk).filter({ hasText: name }).count()).toBe(1);
    }
    await window.getByText('6 customers, 6 ready').first().waitFor();
  });

  it('releases by keyboard and follows every customer of both providers to the end', async () => {
    await releaseBatchByKeyboard(desk);
    await desk.window.keyboard.press('Alt+3');
    await seeStates(desk, {
      'PRACTICE-1001': 'accepted',
      'PRACTICE-1002': 'accepted',
      'PRACTICE-1003': 'retake',
      'PRACTICE-1004': 'accepted',
      'PRACTICE-1005': 'retake',
      'PRACTICE-1006': 'rejected',
    });
    await statusBar(desk).getByText('Nothing waits to be sent').waitFor();
    expect((await allSubmissions(desk)).every(({ beside }) => beside.length === 0)).toBe(true);
  });

  it('keeps the table in its place beside a side panel that is longer than the window', async () => {
    const { window } = desk;
    await tableRow(desk, 'PRACTICE-1006').click();
    const panel = window.locator('aside').filter({ hasText: 'Timeline' });
    await panel.waitFor();
    const room = await panel.evaluate((element) => ({
      panel: element.scrollHeight - element.clientHeight,
      screen: (element.parentElement?.scrollHeight ?? 0) - (element.parentElement?.clientHeight ?? 0),
    }));
    expect(room.panel).toBeGreaterThan(100);
    expect(room.screen).toBe(0);
  });

  it('shows no reason that is not for the customer, on no screen and in no reply', async () => {
    const { window } = desk;
    const seen: string[] = [];
    await goTo(desk, 'Submissions');
    await tableRow(desk, 'PRACTICE-1006').click();
    await window.getByText('The reasons are in Personr’s dashboard').first().waitFor();
    seen.push(await window.content());
    for (const screen of SCREENS) {
      await goTo(desk, screen);
      seen.push(await window.content());
    }
    seen.push(
      JSON.stringify([
        await details(desk),
        await allSubmissions(desk),
        await desk.call('activity.list', { search: '', offset: 0, limit: 500 }),
        await desk.call('today.get', {}),
        await desk.call('status.get', {}),
        await desk.call('connection.list', {}),
      ]),
    );
    for (const text of seen) expect(text).not.toMatch(LABELS_NOT_FOR_THE_COUNTER);
    expect(seen.join('')).toContain('Felix');
  });

  it('brings a refused image back to its slot, beside the old one, and sends the new one only', async () => {
    const { window } = desk;
    const before = await submissionOf('PRACTICE-1005');
    const refusedSlot = before.slots.find(({ wantsRetake }) => wantsRetake !== null);
    expect(refusedSlot?.key).toBe('identity/id_card/front');
    const oldPageId = refusedSlot?.wantsRetake?.previousPageId;

    await goTo(desk, 'Attention');
    const item = window.getByRole('listitem').filter({ hasText: 'Probe' }).first();
    await item.getByText('The image is black and white. Scan it in colour.').first().waitFor();
    await item.getByRole('button', { name: 'Scan again' }).click();
    await window.getByRole('main', { name: 'Capture' }).waitFor();
    const slots = window.getByRole('complementary', { name: 'Documents wanted' });
    await slots.getByRole('button', { name: /ID card, front.*New image wanted/i }).waitFor();

    // Personr does not say which side it means, so both are wanted. Each new image stands beside the refused one.
    await answerFileDialog(
      desk,
      ['elena-id-card-front-in-colour.jpg', 'elena-id-card-back-again.jpg'].map((file) => samplePath(`retake/${file}`)),
    );
    await window.keyboard.press('Control+i');
    await window.getByRole('figure').filter({ hasText: 'Sent before' }).waitFor();
    await window.getByRole('figure').filter({ hasText: 'New image' }).waitFor();
    for (const figure of ['Sent before', 'New image']) {
      const picture = window.getByRole('figure').filter({ hasText: figure }).getByRole('img');
      await until(`the picture "${figure}"`, () =>
        picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
      );
    }

    await window.getByRole('button', { name: 'Send this customer' }).click();
    await seeStates(desk, { 'PRACTICE-1005': 'accepted' });
    const after = await submissionOf('PRACTICE-1005');
    const page = after.pages.find(({ slot }) => slot === 'identity/id_card/front');
    expect(page?.replacesPageId).toBe(oldPageId);
    expect(page?.isDelivered).toBe(true);
    expect(after.operations.filter(({ kind }) => kind === 'personr.document.upload')).toHaveLength(5);
  });

  it('retakes a document that Persona could not process', async () => {
    const { window } = desk;
    await goTo(desk, 'Attention');
    const item = window.getByRole('listitem').filter({ hasText: 'Specimen' }).first();
    await item.getByRole('button', { name: 'Scan again' }).click();
    await window.getByRole('main', { name: 'Capture' }).waitFor();
    await answerFileDialog(desk, [samplePath('retake/clara-utility-bill-again.pdf')]);
    await window.keyboard.press('Control+i');
    await window.getByRole('button', { name: 'Send this customer' }).click();
    await seeStates(desk, { 'PRACTICE-1003': 'accepted' });
    const { pages } = await submissionOf('PRACTICE-1003');
    expect(
      pages.filter(({ slot }) => slot === 'address/utility_bill/single').map(({ isDelivered }) => isDelivered),
    ).toEqual([true]);
  });

  it('names the practice connections and their flows in the language of the window', async () => {
    const { window } = desk;
    await desk.call('settings.set', { theme: 'system', language: 'de' });
    await window.reload();
    await window
      .getByRole('navigation')
      .getByRole('link', { name: /^Vorgänge/ })
      .click();
    const row = window.getByRole('row').filter({ hasText: 'PRACTICE-1005' });
    await row.getByText('Ausweis und Selfie').waitFor();
    await row.getByText('Übung: Personr').waitFor();
    expect(await row.textContent()).not.toContain('Practice');
    await row.click();
    await window.getByText('Ausweisdokument, Vorderseite: Eine Seite wurde erfasst.').first().waitFor();
    await desk.call('settings.set', { theme: 'system', language: 'en' });
    await window.reload();
    await window.getByRole('navigation', { name: 'Screens' }).waitFor();
  });

  it('is light or dark as somebody chose, and as the system is where nobody did', async () => {
    const { window } = desk;
    const isDark = () =>
      window.evaluate(() => {
        const colours = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g) ?? [];
        return colours.every((colour) => Number(colour) < 128);
      });
    await goTo(desk, 'Settings');
    await window.getByRole('link', { name: 'Appearance' }).click();
    const theme = window.getByRole('radiogroup', { name: 'Theme' });
    for (const [choice, system, dark] of [
      ['Dark', 'light', true],
      ['Light', 'dark', false],
      ['Like the system', 'dark', true],
      ['Like the system', 'light', false],
    ] as const) {
      await window.emulateMedia({ colorScheme: system });
      await theme.getByText(choice).click();
      await expect.poll(isDark, { timeout: 10_000, message: `${choice} on a ${system} system` }).toBe(dark);
    }
  });

  it('ends the day with a balance that adds up, an intact ledger and no error in the window', async () => {
    await goTo(desk, 'Today');
    await desk.window.getByText('Adds up').waitFor();
    expect(await desk.call('activity.verify', {})).toMatchObject({ isIntact: true, firstBadSequence: null });
    expectNoComplaints(desk);
  });
});
