/** Satchel's window as a person has it in front of them, and the few seams that a test needs beside it. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { SubmissionDetail, SubmissionRow, SubmissionState } from '../../shared/domain/index.ts';
import type { InputOf, MethodName, OutputOf, Reply, SatchelBridge } from '../../shared/ipc/index.ts';
import { closeSatchel, describeElectron, launchSatchel } from '../host/launch.ts';
import { PATIENCE_MS, until } from './until.ts';

declare global {
  interface Window {
    satchel: SatchelBridge<File>;
  }
}

/** The folder of the app under test: this repository, unless `SATCHEL_APP_FOLDER` names another one with a dist/ in it. */
const ROOT = resolve(import.meta.dirname, '..', '..');
const APP_FOLDER = process.env['SATCHEL_APP_FOLDER'] ?? ROOT;

const openWindows = new Set<Page>();

/** A picture of every open window, in .cache/failed/. */
export async function photographWindows(what: string): Promise<void> {
  const folder = join(ROOT, '.cache', 'failed');
  mkdirSync(folder, { recursive: true });
  const name = what.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  for (const window of openWindows) {
    await window.screenshot({ path: join(folder, `${name}.png`), timeout: 5_000 }).catch(() => undefined);
  }
}

/** The app, running. */
export interface Desk {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
  /** What the page threw or wrote to its console as an error. */
  readonly complaints: string[];
  /** Calls a method as the window's own script does; throws when the reply is a failure. */
  call<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  /** The reply as it is, for any name and input. */
  rawCall(name: unknown, input: unknown): Promise<unknown>;
  /** SIGKILL for the main process: no clean-up, as at a power cut. Answers when it is gone. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

let isAnnounced = false;

function announce(): void {
  if (isAnnounced) return;
  isAnnounced = true;
  console.log(describeElectron());
}

function whenGone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => {
      done();
    });
  });
}

/** Nobody watches, and drawing what turns and fades costs a tenth of the processor's time. */
const STILL = '--force-prefers-reduced-motion';

/**
 * Starts the compiled app on `profile` and waits until its window can be used. `env`: on top of the test's own. `switches`: for
 * Chromium.
 */
export async function openDesk(
  profile: string,
  env: Readonly<Record<string, string>> = {},
  switches: readonly string[] = [],
): Promise<Desk> {
  announce();
  if (!existsSync(join(APP_FOLDER, 'dist', 'main', 'index.js'))) {
    throw new Error('dist/ is not there: run "npm run build" first ("npm test" does it by itself)');
  }
  const app = await launchSatchel({ userDataDir: profile, appPath: APP_FOLDER, env, args: [STILL, ...switches] });
  const child = app.process();
  const window = await app.firstWindow({ timeout: PATIENCE_MS });
  openWindows.add(window);
  window.on('close', () => openWindows.delete(window));
  const complaints: string[] = [];
  window.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
  window.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  window.setDefaultTimeout(PATIENCE_MS);
  await window.setViewportSize({ width: 1280, height: 800 });
  await window.getByRole('contentinfo', { name: 'Status' }).waitFor();
  await window.getByRole('navigation', { name: 'Screens' }).waitFor();

  async function call<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const invoke = (given: { name: Name; input: InputOf<Name> }): Promise<Reply<OutputOf<Name>>> =>
      globalThis.window.satchel.invoke(given.name, given.input);
    const reply: Reply<OutputOf<Name>> = await window.evaluate<
      Reply<OutputOf<Name>>,
      { name: Name; input: InputOf<Name> }
    >(
      // @ts-expect-error -- Playwright cannot express that a generic argument is serialisable.
      invoke,
      { name, input },
    );
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${JSON.stringify(reply.error.message)}`);
    return reply.data;
  }

  return {
    app,
    window,
    profile,
    complaints,
    call,
    rawCall: (name, input) =>
      // A name that is none of the contract's is what is tried here.
      window.evaluate<unknown, { name: unknown; input: unknown }>(
        (given) => {
          const invoke: unknown = Reflect.get(globalThis.window.satchel, 'invoke');
          return typeof invoke === 'function' ? Reflect.apply(invoke, null, [given.name, given.input]) : null;
        },
        { name, input },
      ),
    async kill() {
      const gone = whenGone(child);
      child.kill('SIGKILL');
      await gone;
      openWindows.delete(window);
    },
    async close() {
      openWindows.delete(window);
      await closeSatchel(app, 20_000);
    },
  };
}

export const SCREENS = ['Today', 'Capture', 'Submissions', 'Attention', 'Activity', 'Settings'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** Goes to a screen by the rail at the left. */
export async function goTo({ window }: Desk, screen: ScreenName): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: new RegExp(`^${screen}`) })
    .click();
  await window.getByRole('main', { name: screen }).waitFor();
}

export function statusBar({ window }: Desk): Locator {
  return window.getByRole('contentinfo', { name: 'Status' });
}

/** What the system's file dialog will answer; the one thing that cannot be done in the window itself. */
export async function answerFileDialog({ app }: Desk, paths: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths: [...filePaths] });
    },
    [...paths],
  );
}

/** Drops files of the disk in the middle of the window, as a person drags them from the file manager. */
export async function dropFiles({ window }: Desk, paths: readonly string[]): Promise<void> {
  const session = await window.context().newCDPSession(window);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
  await session.detach();
  // Chromium takes no key before its drag is over, which no message tells; by the second frame it is.
  await window.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

/** Pastes a file, as after "copy" in a picture viewer. */
export async function pasteFile(
  { window }: Desk,
  file: { name: string; type: string; bytes: Uint8Array },
): Promise<void> {
  await window.evaluate(
    ({ name, type, base64 }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], name, { type }));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    { name: file.name, type: file.type, base64: Buffer.from(file.bytes).toString('base64') },
  );
}

/** Starts a batch when the screen offers one, and a customer under `flow` (its name and its connection's name). */
export async function startCustomer(desk: Desk, flow: { name: string; connection: string }): Promise<void> {
  const { window } = desk;
  const before = new Set((await allSubmissions(desk)).map(({ id }) => id));
  await window.getByRole('button', { name: 'New customer' }).last().click();
  const dialog = window.getByRole('dialog', { name: 'New customer' });
  await dialog.getByRole('button', { name: /Connection and flow/ }).click();
  await window.getByRole('option', { name: flow.name }).filter({ hasText: flow.connection }).click();
  await dialog.getByRole('button', { name: 'Start this customer' }).click();
  await dialog.waitFor({ state: 'detached' });
  await until('the new customer to be open and in the list', async () => {
    const made = (await allSubmissions(desk)).find(({ id }) => !before.has(id));
    const shown = await window.evaluate(() => globalThis.location.hash);
    return made !== undefined && shown.includes(made.id) && (await customers(desk).count()) > 0;
  });
}

export interface Person {
  givenName: string;
  familyName: string;
  email: string;
  phone: string;
  reference: string;
}

/** Types the customer's fields and waits until they are saved. */
export async function typeCustomer(desk: Desk, person: Person): Promise<void> {
  const form = desk.window.getByRole('form', { name: 'Customer' });
  await form.getByRole('textbox', { name: 'Given name' }).fill(person.givenName);
  await form.getByRole('textbox', { name: 'Family name' }).fill(person.familyName);
  await chooseAustralia(desk);
  await form.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  await form.getByRole('textbox', { name: 'Phone' }).fill(person.phone);
  await form.getByRole('textbox', { name: 'Customer reference' }).fill(person.reference);
  await form.getByRole('textbox', { name: 'Customer reference' }).blur();
}

/** The customer's country: the specimens' own one does not exist. */
export async function chooseAustralia({ window }: Desk): Promise<void> {
  const country = window.getByRole('form', { name: 'Customer' }).getByRole('combobox', { name: 'Country' });
  await country.click();
  await country.fill('Australia');
  await window.getByRole('option', { name: 'Australia', exact: true }).click();
}

/** The customers of the batch in front, in Capture's left column. */
export function customers({ window }: Desk): Locator {
  return window.getByRole('region', { name: 'Customers' }).getByRole('list').getByRole('button');
}

/** Presses the keys that release the batch and answers the question that follows; all by keyboard. */
export async function releaseBatchByKeyboard({ window }: Desk): Promise<void> {
  await window.keyboard.press('Control+Shift+Enter');
  const dialog = window.getByRole('dialog', { name: /^Release batch/ });
  const confirm = dialog.getByRole('button', { name: /^Release \d+ customer/ });
  await confirm.waitFor();
  await until('the button to have the focus', () => confirm.evaluate((button) => button === document.activeElement));
  await window.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

export async function allSubmissions(desk: Pick<Desk, 'call'>): Promise<SubmissionRow[]> {
  return (await desk.call('submission.list', { filter: { tab: 'all' }, offset: 0, limit: 500 })).rows;
}

export async function details(desk: Pick<Desk, 'call'>): Promise<SubmissionDetail[]> {
  const found: SubmissionDetail[] = [];
  for (const row of await allSubmissions(desk)) found.push(await desk.call('submission.get', { submissionId: row.id }));
  return found;
}

/** The row of a customer in the Submissions table, by a part of its text (name or reference). */
export function tableRow({ window }: Desk, text: string): Locator {
  return window.getByRole('grid', { name: 'Submissions' }).getByRole('row').filter({ hasText: text });
}

/** What stands beside the Submissions table about the one that is chosen. `seeStates` closes it. */
export function sidePanel({ window }: Desk): Locator {
  return window.getByRole('complementary', { name: 'Submission', exact: true });
}

/** Opens a customer's side panel in Submissions, by their reference. */
export async function openSidePanel(desk: Desk, reference: string): Promise<void> {
  await goTo(desk, 'Submissions');
  await tableRow(desk, reference).click();
  await sidePanel(desk).getByText(reference, { exact: true }).waitFor();
}

/** Presses *Try now* in the open side panel until it came to that: the usual pause between two looks at a status is long. */
export async function tryNowUntil(desk: Desk, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const button = sidePanel(desk).getByRole('button', { name: 'Try now' });
  await until(
    what,
    async () => {
      if (await isSo()) return true;
      // It is gone by itself once there is nothing more to try.
      await button.click({ timeout: 500 }).catch(() => undefined);
      return false;
    },
    { everyMs: 300 },
  );
}

const STATE_WORDS: Readonly<Record<SubmissionState, string>> = {
  draft: 'Draft',
  ready: 'Ready',
  released: 'Released',
  sending: 'Sending',
  sent: 'Sent',
  in_review: 'In review',
  accepted: 'Accepted',
  rejected: 'Rejected',
  retake: 'Retake wanted',
};

/** Waits until the Submissions table shows each customer (by a part of its row) in the given state. */
export async function seeStates(desk: Desk, wanted: Readonly<Record<string, SubmissionState>>): Promise<void> {
  await goTo(desk, 'Submissions');
  for (const [text, state] of Object.entries(wanted)) {
    const row = tableRow(desk, text);
    await until(
      `${text} to be ${state}`,
      async () => (await row.count()) === 1 && (await row.textContent())?.includes(STATE_WORDS[state]),
    ).catch(async (error: unknown) => {
      const seen = (await details(desk)).map(
        ({ reference, state: is, beside, explanation, operations, light, findings }) => ({
          reference,
          is,
          beside,
          light,
          explanation,
          findings: findings.map(({ rule }) => rule),
          open: operations.filter((operation) => operation.state !== 'done'),
        }),
      );
      throw new Error(JSON.stringify(seen), { cause: error });
    });
  }
}

/** Nothing in the window complained: no exception, no error in the console. */
export function expectNoComplaints({ complaints }: Desk): void {
  expect(complaints).toEqual([]);
}
