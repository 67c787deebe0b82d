import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import type { ProviderId } from '../../../shared/domain/index.ts';
import { importFiles, newCustomer, whenInspected } from '../customers.ts';
import { USUAL_MODES } from '../modes.ts';
import { call, pause } from '../window.ts';
import type { Brought, ComingFile, Desk, Place } from './case.ts';
import { CONNECTIONS } from './flows.ts';
import { LANGUAGES, sentenceOf } from './sentences.ts';
import type { Language } from './sentences.ts';

/** One photographed sentence; `sheet`: language and mode, as in the names of the files. */
export interface Shot {
  readonly rule: string;
  readonly sheet: string;
  readonly picture: Buffer;
}

interface Made {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
}

/** The app as the cases use it. `leave`: ends a case and answers what was photographed in it. */
export async function findingDesk({
  app,
  window,
  profile,
}: Made): Promise<{ desk: Desk; leave: () => Promise<Shot[]> }> {
  const { batchId } = await call(window, 'batch.create', {});
  const connectionOf = async (provider: ProviderId) =>
    (await call(window, 'connection.create', { connection: CONNECTIONS[provider] })).connectionId;
  const connections = {
    persona: await connectionOf('persona'),
    personr: await connectionOf('personr'),
    sumsub: await connectionOf('sumsub'),
  };
  let customers: string[] = [];
  let shots: Shot[] = [];
  let language: Language | null = null;

  /** The window asks for its language when it loads. */
  async function speak(next: Language): Promise<void> {
    if (next === language) return;
    language = next;
    await call(window, 'settings.set', { theme: 'system', language });
    await window.reload();
  }

  async function bring(submissionId: string, { name, slot, bytes }: ComingFile): Promise<void> {
    const path = join(mkdtempSync(join(profile, 'coming-')), name);
    await writeFile(path, await bytes());
    await importFiles(app, window, [path], { submissionId, slot });
  }

  async function customer(brought: Brought): Promise<string> {
    const { provider, flow = 'pages', subject, document, files = [], isLookedAt } = brought;
    const place = { connectionId: connections[provider], flowId: flow };
    const submissionId = await newCustomer(window, place, { batchId, ...(subject === undefined ? {} : { subject }) });
    customers.push(submissionId);
    if (document !== undefined) {
      const chosen = { requirementId: 'identity', documentType: document, country: '' } as const;
      await call(window, 'submission.setDocument', { submissionId, ...chosen });
    }
    for (const file of files) {
      await bring(submissionId, file);
      if (isLookedAt !== false) await whenInspected(window, submissionId);
    }
    return submissionId;
  }

  async function show(rule: string, { submissionId, station }: Place): Promise<void> {
    const query = station === undefined ? '' : `?slot=${encodeURIComponent(station)}`;
    await window.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, `#/capture/${submissionId}${query}`);
    const section = station === undefined ? 'capture-todo' : 'capture-findings';
    for (const spoken of language === 'de' ? LANGUAGES.toReversed() : LANGUAGES) {
      await speak(spoken);
      const sentence = window
        .locator(`section[aria-labelledby="${section}"] li`)
        .filter({ hasText: sentenceOf(rule, spoken) });
      await sentence.first().waitFor();
      for (const { name, media } of USUAL_MODES) {
        await window.emulateMedia(media);
        await pause(150);
        shots.push({ rule, sheet: `${spoken}-${name}`, picture: await sentence.first().screenshot() });
      }
    }
  }

  return {
    desk: { app, window, profile, customer, bring, show },
    leave: async () => {
      for (const submissionId of customers) {
        await call(window, 'submission.void', { submissionId, reason: 'photographed' });
      }
      const taken = shots;
      customers = [];
      shots = [];
      return taken;
    },
  };
}
