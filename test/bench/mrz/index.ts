import sharp from 'sharp';
import { readPage, readNetworks } from '../../../main/inspection/mrz/index.ts';
import type { Weights, ZoneResult } from '../../../main/inspection/mrz/index.ts';
import { openImage } from '../../../main/inspection/pictures.ts';
import { isInstalled, OCR_B_FONT } from '../../../scripts/system-packages.ts';
import { LAYOUTS } from '../../../shared/mrz/index.ts';
import { cpuOf, median, share } from '../harness.ts';
import type { Bench } from '../harness.ts';
import { drawHeldOut, drawWithoutZone } from './pages.ts';
import type { TestedPage } from './pages.ts';
import { drawEmptyTable, drawScenes } from './scenes/index.ts';
import { openTesseract } from './tesseract.ts';

/** Pages for each condition; `SATCHEL_BENCH_MRZ` makes a quick look or a long one possible. */
const PER_CONDITION = Number(process.env['SATCHEL_BENCH_MRZ'] ?? 6);
/** Scenes of each kind: half as many, since each takes seconds to draw. */
const PER_SCENE = Math.ceil(PER_CONDITION / 2);
const EMPTY_TABLES = 5;
const WITHOUT_ZONE = 12;
const TODAY = '2026-11-26';
const weightsFile = new URL('../../../assets/mrz/reader.json', import.meta.url);

interface Tally {
  pages: number;
  right: number;
  wrong: number;
  seen: number;
  peerRight: number;
  peerWrong: number;
}

const COUNTS = ['pages', 'right', 'wrong', 'seen', 'peerRight', 'peerWrong'] as const satisfies (keyof Tally)[];

interface Measured {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  readonly dpiErrors: readonly number[];
  readonly without: {
    readonly ms: readonly number[];
    readonly thumbnailMs: readonly number[];
    readonly read: number;
    readonly seen: number;
  };
}

/** What is read: pages with a zone, each with the font that it is printed in, and pages without one. */
interface Pages {
  readonly draw: (onPage: (page: TestedPage, font: string) => Promise<void>) => Promise<void>;
  readonly withoutZone: number;
  readonly drawWithoutZone: (index: number) => Promise<Buffer>;
}

const HELD_OUT: Pages = {
  draw: (onPage) => drawHeldOut(PER_CONDITION, onPage),
  withoutZone: WITHOUT_ZONE,
  drawWithoutZone,
};
const SCENES: Pages = {
  draw: (onPage) => drawScenes(PER_SCENE, onPage),
  withoutZone: EMPTY_TABLES,
  drawWithoutZone: drawEmptyTable,
};

/** From a file's bytes to its zone, as the worker goes. */
async function readFile(jpeg: Uint8Array, networks: readonly Weights[]): Promise<ZoneResult | null> {
  const sheet = await (await openImage(jpeg)).sheet(1);
  return readPage(sheet.pyramid(), networks, TODAY)[0] ?? null;
}

async function measure(pages: Pages): Promise<Measured> {
  sharp.cache(false);
  sharp.concurrency(1);
  const networks = readNetworks(weightsFile);
  const tesseract = await openTesseract();
  const tallies = new Map<string, Tally>();
  const [ours, peer, dpiErrors]: number[][] = [[], [], []];
  const count = (key: string, add: Partial<Tally>): void => {
    const tally = tallies.get(key) ?? { pages: 0, right: 0, wrong: 0, seen: 0, peerRight: 0, peerWrong: 0 };
    for (const name of COUNTS) tally[name] += add[name] ?? 0;
    tallies.set(key, tally);
  };
  await pages.draw(async (page, font) => {
    const truth = page.lines.join('\n');
    const { value: zone, ms } = await cpuOf(() => readFile(page.jpeg, networks));
    ours?.push(ms);
    const text = zone?.kind === 'read' ? zone.mrz.lines.join('\n') : null;
    const { lineCount } = LAYOUTS[page.format];
    const other = await cpuOf(() => tesseract.read(page.jpeg, zone?.corners ?? null, lineCount, TODAY));
    peer?.push(other.ms);
    const otherText = other.value?.join('\n') ?? null;
    if (zone !== null && page.dpi !== null) dpiErrors?.push(Math.abs(zone.dpi / page.dpi - 1));
    const add = {
      pages: 1,
      right: text === truth ? 1 : 0,
      wrong: text !== null && text !== truth ? 1 : 0,
      seen: zone?.kind === 'seen' ? 1 : 0,
      peerRight: otherText === truth ? 1 : 0,
      peerWrong: otherText !== null && otherText !== truth ? 1 : 0,
    };
    for (const key of [page.condition, page.source, page.format, font, `${font}, ${page.format}`, 'all'])
      count(key, add);
  });
  await tesseract.close();
  const without = { ms: [] as number[], thumbnailMs: [] as number[], read: 0, seen: 0 };
  for (let index = 0; index < pages.withoutZone; index += 1) {
    const jpeg = await pages.drawWithoutZone(index);
    const { value, ms } = await cpuOf(() => readFile(jpeg, networks));
    const thumbnail = await cpuOf(() => sharp(jpeg).resize(256, 256, { fit: 'inside' }).jpeg().toBuffer());
    without.ms.push(ms);
    without.thumbnailMs.push(thumbnail.ms);
    if (value?.kind === 'read') without.read += 1;
    if (value?.kind === 'seen') without.seen += 1;
  }
  return { tallies, ours: ours ?? [], peer: peer ?? [], dpiErrors: dpiErrors ?? [], without };
}

function told(result: Measured): string[] {
  const rows = [...result.tallies].map(
    ([name, { pages, right, wrong, seen, peerRight, peerWrong }]) =>
      `${name.padEnd(28)} ${String(pages).padStart(4)} pages: read right ${right}, wrongly accepted ${wrong}, seen only ${seen}, not seen ${pages - right - wrong - seen}; peer right ${peerRight}, wrong ${peerWrong}`,
  );
  const { without } = result;
  const dpi = result.dpiErrors.toSorted((a, b) => a - b);
  return [
    ...rows,
    `processor time a page with a zone: median ${median(result.ours).toFixed(0)} ms, the slowest ${Math.max(...result.ours).toFixed(0)} ms; peer's median ${median(result.peer).toFixed(0)} ms`,
    `resolution found from the zone: median error ${share(median(dpi), 1).toFixed(2)} %, largest ${share(dpi.at(-1) ?? 0, 1).toFixed(2)} %`,
    `${without.ms.length} pages without a zone: read ${without.read}, seen ${without.seen}; added ${median(without.ms).toFixed(0)} ms beside ${median(without.thumbnailMs).toFixed(0)} ms for the thumbnail`,
  ];
}

const PEER = 'tesseract.js, older engine, on the zone that ours found';
const unavailable = (): string | null =>
  isInstalled(OCR_B_FONT) ? null : 'the font OCR-B is not installed (apt install fonts-ocr-b)';

/** Measured once, whichever bench asks first. */
function lazily(pages: Pages): () => Promise<Measured> {
  let measured: Promise<Measured> | null = null;
  return () => (measured ??= measure(pages));
}

const heldOut = lazily(HELD_OUT);

function readBench(name: string, measured: () => Promise<Measured>): Bench {
  let lines: readonly string[] = [];
  return {
    name,
    unit: '% of the pages read right',
    peerName: PEER,
    better: 'more',
    runs: 1,
    unavailable,
    run: async () => {
      const result = await measured();
      lines = told(result);
      const all = result.tallies.get('all');
      return { ours: share(all?.right ?? 0, all?.pages ?? 0), peer: share(all?.peerRight ?? 0, all?.pages ?? 0) };
    },
    notes: () => lines,
  };
}

const timeBench: Bench = {
  name: 'mrz/time',
  unit: 'ms of processor time a page',
  peerName: PEER,
  better: 'less',
  runs: 1,
  unavailable,
  run: async () => {
    const result = await heldOut();
    return { ours: median(result.ours), peer: median(result.peer) };
  },
};

export const mrzBenches: readonly Bench[] = [
  readBench('mrz/read', heldOut),
  timeBench,
  readBench('mrz/scenes', lazily(SCENES)),
];
