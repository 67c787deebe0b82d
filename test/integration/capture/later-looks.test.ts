import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Vault } from '../../../main/vault/index.ts';
import { isClean } from '../../../shared/rules/index.ts';
import { newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg } from './files.ts';

let desk: Desk | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await desk?.close();
});

/** The vault, whose files another program holds as long as `held` says so. */
const heldBy =
  (held: { code: string | null; reads: number }) =>
  (vault: Vault): Vault => ({
    ingest: (source, limits) => vault.ingest(source, limits),
    storeDerived: (bytes) => vault.storeDerived(bytes),
    open: (blobId) => vault.open(blobId),
    readAll: async (blobId) => {
      held.reads += 1;
      if (held.code !== null) throw Object.assign(new Error('held'), { code: held.code });
      return vault.readAll(blobId);
    },
    shred: (blobId) => vault.shred(blobId),
    sweep: (known) => vault.sweep(known),
    close: () => vault.close(),
  });

/** Lets the app's timers run for so long, and then what they began. */
async function later(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 10; turn += 1) {
    await pause(2);
    await vi.advanceTimersByTimeAsync(20);
  }
}

async function heldPage(code: string) {
  const held = { code: code as string | null, reads: 0 };
  const opened = await openDesk({ wrapVault: heldBy(held) });
  desk = opened;
  const { submissionId } = newCustomer(opened);
  const path = await opened.file('a.jpg', await jpeg({}));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  await opened.capture.importFiles([path], { submissionId, slot: null }, 'drop');
  await later(0);
  const look = () => {
    const { findings: ofAll, pages } = opened.capture.submission(submissionId);
    const findings = [...ofAll, ...pages.flatMap((page) => page.findings)];
    return {
      rules: findings.map(({ rule }) => rule).filter((rule) => /beingChecked|checkWaits/.test(rule)),
      isClean: isClean(findings.filter(({ severity }) => severity !== 'blocking')),
      isInspected: pages.every((page) => page.isInspected),
    };
  };
  return { held, look, opened };
}

describe('a page whose file another program holds', () => {
  it.each(['EBUSY', 'EPERM', 'EIO'])('is looked at again by itself when it can be read (%s)', async (code) => {
    const { held, look } = await heldPage(code);
    expect(look()).toMatchObject({ rules: ['page.beingChecked'], isInspected: false });
    await later(2_000);
    expect(held.reads).toBe(2);
    held.code = null;
    await later(10_000);
    await vi.waitFor(() => {
      expect(look()).toEqual({ rules: [], isClean: true, isInspected: true });
    }, 20_000);
  });

  it('says so after some minutes, is tried ever more rarely, and never again once it was seen', async () => {
    const { held, look, opened } = await heldPage('EBUSY');
    for (const wait of [2_000, 10_000, 30_000]) await later(wait);
    expect(look().rules).toEqual(['page.beingChecked']);
    await later(60_000);
    expect(held.reads).toBe(5);
    expect(look()).toEqual({ rules: ['page.checkWaits'], isClean: false, isInspected: false });
    await later(120_000);
    const readsThen = held.reads;
    await later(250_000);
    expect(held.reads).toBe(readsThen);
    held.code = null;
    await later(50_000);
    await vi.waitFor(() => {
      expect(look()).toEqual({ rules: [], isClean: true, isInspected: true });
    }, 20_000);
    const { reads } = held;
    await later(3_600_000);
    expect(held.reads).toBe(reads);
    expect(opened.changes.length).toBeGreaterThan(0);
  });
});
