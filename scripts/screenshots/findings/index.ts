import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { call } from '../window.ts';
import { FINDINGS } from './catalogue.ts';
import { contactSheet } from './contact-sheet.ts';
import { findingDesk } from './desk.ts';
import type { Shot } from './desk.ts';

/** Where the app runs, and where its pictures go. */
export interface Photographed {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
  readonly folder: string;
  /** Only these sheets; all of them when left out. */
  readonly only?: readonly string[];
}

/**
 * Photographs what the desk says of each finding, in the real window, light and dark, in each language. Throws when a rule
 * of the catalogue was not brought about.
 */
export async function findEverything({ app, window, profile, folder, only }: Photographed): Promise<void> {
  const { desk, leave } = await findingDesk({ app, window, profile });
  for (const [name, cases] of Object.entries(FINDINGS)) {
    if (only !== undefined && !only.includes(name)) continue;
    const shots: Shot[] = [];
    for (const { rules, bring } of cases) {
      await bring(desk);
      const taken = await leave();
      const missing = rules.filter((rule) => taken.every((shot) => shot.rule !== rule));
      if (missing.length > 0) throw new Error(`screenshots: not shown: ${missing.join(', ')}`);
      shots.push(...taken);
      process.stdout.write(`finding: ${rules.join(', ')}\n`);
    }
    for (const [sheet, own] of Map.groupBy(shots, (shot) => shot.sheet)) {
      await contactSheet(own, join(folder, `findings-${name}-${sheet}.png`));
    }
  }
  await call(window, 'settings.set', { theme: 'system', language: 'system' });
}
