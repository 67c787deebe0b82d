/** The simulated network scanner, as an eSCL client sees it that nobody here wrote: Debian's sane-airscan. */
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { airscanEnvironment, hasAirscan, scanimage, WITHOUT_AIRSCAN } from '../../support/escl/airscan.ts';
import { startEsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSwitches } from '../../support/escl/switches.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';

const FEEDER = ['--source=ADF', '--resolution=100', '--format=png', '--batch=p%d.png'];

/**
 * sane-airscan forgets a whole job whose pages are there before it is asked for the first: "out of documents", in one scan of eight
 * on an idle machine. No device is that fast.
 */
const PACE = { slowMs: 3 } as const;

let root: string;
let simulator: EsclSimulator;
let environment: Record<string, string>;

function heal(switches: Partial<EsclSwitches> = {}): void {
  simulator.heal({ ...PACE, ...switches });
}

/** Scans into a new folder; answers the pages in it too. */
async function scan(args: readonly string[]) {
  const folder = mkdtempSync(join(root, 'pages-'));
  const ended = await scanimage(args, folder, environment);
  return { ...ended, folder, pages: readdirSync(folder).toSorted() };
}

describe.skipIf(!hasAirscan)(`sane-airscan at the simulated scanner${WITHOUT_AIRSCAN}`, () => {
  beforeAll(async () => {
    root = makeFolder('escl-simulator');
    simulator = await startEsclSimulator(PACE);
    environment = airscanEnvironment(root, simulator.address);
  });
  afterEach(() => {
    heal();
  });
  afterAll(async () => {
    await simulator.close();
    removeFolder(root);
  });

  it('sees its sources, resolutions, colour modes and size', async () => {
    const { out, code } = await scan(['-A']);
    expect(code).toBe(0);
    expect(out).toContain('--source Flatbed|ADF|ADF Duplex');
    expect(out).toContain('--resolution 75|100|150|200|300|600dpi');
    expect(out).toContain('--mode Color|Gray');
    expect(out).toMatch(/-x 0\.\.215\.9mm/);
  });

  it('scans the glass in the size, resolution and colour that it asks for', async () => {
    const { folder, pages } = await scan([
      '--source=Flatbed',
      '--resolution=150',
      '--mode=Gray',
      '--format=png',
      '-x',
      '105',
      '-y',
      '148',
      '--batch=p%d.png',
      '--batch-count=1',
    ]);
    expect(pages).toEqual(['p1.png']);
    const { width, height, channels } = await sharp(readFileSync(join(folder, 'p1.png'))).metadata();
    expect([width, height, channels]).toEqual([620, 874, 1]);
    expect(simulator.jobStates().at(-1)).toBe('Completed');
  });

  it('takes every sheet of the feeder, one or both sides, and ends well when it is empty', async () => {
    const { pages, code, complaints } = await scan(FEEDER);
    expect([pages, code]).toEqual([['p1.png', 'p2.png', 'p3.png'], 0]);
    expect(complaints).toContain('out of documents');
    heal({ sheets: 2 });
    const both = await scan(['--source=ADF Duplex', ...FEEDER.slice(1)]);
    expect(both.pages).toHaveLength(4);
  });

  it('takes two pages and hears of the jam at the third', async () => {
    heal({ jamAtPage: 3 });
    const { pages, complaints } = await scan(FEEDER);
    expect(pages).toEqual(['p1.png', 'p2.png']);
    expect(complaints).toContain('Document feeder jammed');
  });

  it('hears of an empty feeder, an open cover, and waits when it is told to', async () => {
    heal({ sheets: 0 });
    expect((await scan(FEEDER)).complaints).toContain('out of documents');
    heal({ feederState: 'ScannerAdfDoorOpen', jobRefusal: 503 });
    expect((await scan(FEEDER)).complaints).toContain('cover is open');
    heal({ sheets: 1, pageWaits: 1, jobWaits: 1 });
    expect((await scan(FEEDER)).pages).toEqual(['p1.png']);
  });

  it('follows the job at the host that it knows, whatever the scanner names', async () => {
    heal({ sheets: 1, location: 'pathOnly' });
    expect((await scan(FEEDER)).pages).toEqual(['p1.png']);
  });
});
