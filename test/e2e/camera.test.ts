/** A selfie with this PC's camera, in the window, from F8 to the provider's decision. The camera is Chromium's own that plays a file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import { CAMERA_SIZE, filmedCamera } from '../support/camera.ts';
import {
  allSubmissions,
  answerFileDialog,
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  typeCustomer,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';

const FLOW = { name: 'Identity and selfie', connection: 'Practice: Personr' };
const PERSON = {
  givenName: 'Mia',
  familyName: 'Camera',
  email: 'mia@example.invalid',
  phone: '+61491570006',
  reference: 'CAMERA-1',
};

let folder: string;
let profile: string;
let desk: Desk;

async function openCapture(switches: readonly string[]): Promise<void> {
  desk = await openDesk(profile, {}, switches);
  await goTo(desk, 'Capture');
  await desk.window.getByRole('button', { name: 'Start a batch' }).click();
  await startCustomer(desk, FLOW);
  // On a busy machine the customer stands in the list before it is in front; until then F8 has nobody to take a photo of.
  await until('the camera to be offered', () => desk.window.getByRole('button', { name: 'Camera' }).isEnabled());
}

const dialog = (name: string) => desk.window.getByRole('dialog', { name });
const selfies = async () => (await details(desk))[0]?.pages.filter(({ slot }) => slot?.startsWith('selfie/')) ?? [];

/** Opens the camera, and with two strokes of the keyboard it is a page. */
async function takeSelfie(): Promise<void> {
  const { window } = desk;
  await window.keyboard.press('F8');
  await window.getByLabel('What the camera shows now').waitFor();
  await window.getByRole('button', { name: 'Take the photo' }).and(window.locator(':focus')).waitFor();
  await window.keyboard.press('Space');
  await window.getByRole('img', { name: 'The photo that was taken' }).waitFor();
  await window.keyboard.press('Enter');
  await dialog('Take a photo: Selfie').waitFor({ state: 'detached' });
}

describe('a selfie with the camera', () => {
  beforeAll(async () => {
    folder = makeFolder('camera-film');
    profile = makeFolder('camera');
    await openCapture(await filmedCamera(folder));
  });
  afterAll(async () => {
    await desk.close();
    removeFolder(profile);
    removeFolder(folder);
  });

  it('goes to the selfie, though the passport is wanted first, as what the camera showed', async () => {
    await takeSelfie();
    await until('the selfie to be looked at', async () => (await selfies())[0]?.isInspected === true);
    const [page] = await selfies();
    expect(page).toMatchObject({
      source: 'camera',
      mediaType: 'image/jpeg',
      widthPixels: CAMERA_SIZE.width,
      heightPixels: CAMERA_SIZE.height,
    });
    expect(page?.fileName).toMatch(/^camera-\d{8}-\d{6}\.jpg$/);
  });

  it('lets nothing behind when it is given up', async () => {
    const { window } = desk;
    await window.keyboard.press('F8');
    await window.getByRole('button', { name: 'Take the photo' }).click();
    await window.getByRole('button', { name: 'Take it again' }).click();
    await window.getByLabel('What the camera shows now').waitFor();
    await window.keyboard.press('Escape');
    await window.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await details(desk))[0]?.pages).toHaveLength(1);
  });

  it('takes the place of the selfie that is selected, which can be brought back', async () => {
    const [before] = await selfies();
    await takeSelfie();
    await until('another selfie', async () => (await selfies())[0]?.id !== before?.id);
    expect(await selfies()).toHaveLength(1);
    const after = (await selfies())[0]?.id ?? '';
    await desk.call('page.remove', { pageId: after });
    await desk.call('page.restore', { pageId: before?.id ?? '' });
    expect((await selfies()).map(({ id }) => id)).toEqual([before?.id]);
    // While the window still shows the slot as open, the next page is asked for there, finds it taken, and lies in the tray.
    await desk.window.getByRole('button', { name: /^Selfie.*Filled/ }).waitFor();
  });

  it('is accepted by the provider', async () => {
    const passport = join(folder, 'passport.jpg');
    writeFileSync(passport, await jpeg({ width: 1200, height: 850, seed: 77 }));
    await answerFileDialog(desk, [passport]);
    await desk.window.keyboard.press('Control+I');
    await typeCustomer(desk, PERSON);
    await desk.window.getByText('Everything is here and clean.').waitFor();
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { 'CAMERA-1': 'accepted' });
    expect((await allSubmissions(desk)).map(({ state }) => state)).toEqual(['accepted']);
    expectNoComplaints(desk);
  });
});

describe('a PC without a camera', () => {
  beforeAll(async () => {
    profile = makeFolder('no-camera');
    await openCapture([]);
  });
  afterAll(async () => {
    await desk.close();
    removeFolder(profile);
  });

  it('says so and what to do', async () => {
    await desk.window.keyboard.press('F8');
    await dialog('Take a photo: Selfie').getByText('No camera found').waitFor();
    const advice = dialog('Take a photo: Selfie').getByText('Connect a camera, or import a photo as a file.');
    expect(await advice.isVisible()).toBe(true);
    await desk.window.keyboard.press('Escape');
    await desk.window.getByRole('dialog').waitFor({ state: 'detached' });
    expectNoComplaints(desk);
  });
});
