/** A card that lay askew on the glass is shown straight and large, and sent as it was captured. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { details, dropFiles, expectNoComplaints, goTo, openDesk, startCustomer } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { onGlass } from '../support/glass.ts';
import { flowOf } from '../support/flow-of.ts';
import { sample } from '../support/samples.ts';
import { until } from '../support/until.ts';

let profile: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('working-copy');
  desk = await openDesk(profile);
});

afterAll(async () => {
  await desk.close();
  removeFolder(profile);
});

/** Width to height of the large picture, once the window has it. */
async function shape(): Promise<number> {
  const picture = desk.window.getByRole('region', { name: 'Selected page' }).locator('figure img');
  await until('the picture', () =>
    picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
  );
  return picture.evaluate((image: HTMLImageElement) => image.naturalWidth / image.naturalHeight);
}

describe('a card that lay askew on the glass', () => {
  it('is shown alone and straight, and whole with one key', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: flowOf('persona').name, connection: 'Practice: Persona' });
    const card = await sample('bruno-id-card-front.jpg');
    const scan = await onGlass(card, -8);
    await writeFile(join(profile, 'card.jpg'), scan);
    await dropFiles(desk, [join(profile, 'card.jpg')]);
    await until('the working copy', async () => (await shape()) > 1.3);
    await window.keyboard.press('w');
    await until('the whole picture', async () => (await shape()) < 0.8);
    expect(await window.getByRole('button', { name: /^Show the whole picture, as it is sent/ }).count()).toBe(1);
    await window.keyboard.press('w');
    await until('the working copy again', async () => (await shape()) > 1.3);
    const page = (await details(desk))[0]?.pages[0];
    expect(page).toMatchObject({ straightenedSheets: [1], rendition: null });
    expect(page?.sha256).toBe(createHash('sha256').update(scan).digest('hex'));
    expectNoComplaints(desk);
  });
});
