import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { inspect } from '../../../main/inspection/inspect.ts';
import { greyOf } from '../../../scripts/mrz/grey.ts';
import type { DocumentType } from '../../../shared/domain/index.ts';
import { judged } from '../../support/findings.ts';
import { share } from '../harness.ts';
import type { Bench } from '../harness.ts';
import { drawFaultyPage, FAULT_NAMES, FAULTS } from './pages.ts';
import { PEOPLE, drawSelfie } from './selfies.ts';
import type { People } from './selfies.ts';

/** Pages for each fault; `SATCHEL_BENCH_FINDINGS` makes a quick look or a long one possible. */
const PER_FAULT = Number(process.env['SATCHEL_BENCH_FINDINGS'] ?? 20);
/** A folder of photographs of paper documents that the project did not make: what is found on them is told as well. */
const PICTURES = process.env['SATCHEL_BENCH_PICTURES'];
/** A folder of photographs of one person each: what is found on them as selfies is told as well. */
const SELFIES = process.env['SATCHEL_BENCH_SELFIES'];
/** No limit was chosen by looking at pages of this seed. */
const SEED = 20_271_131;
const TODAY = '2026-11-26';

interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

/** The rules that speak of a page as the desk would, and how it was measured. */
async function look(bytes: Uint8Array, documentType: DocumentType): Promise<string[]> {
  const seen = await inspect({ kind: 'inspect', mediaType: 'image/jpeg', bytes, today: TODAY }, () => {});
  const page = { ...seen, bytes, mediaType: 'image/jpeg' as const, slot: `any/${documentType}/single` };
  return judged(page, 'personr').map(({ rule }) => rule);
}

/** The usual measure of blur: the variance of the Laplacian, of the picture at 1000 pixels. */
async function laplacianVariance(jpeg: Uint8Array): Promise<number> {
  const { data, width, height } = await greyOf(sharp(jpeg).resize(1000, 1000, { fit: 'inside' }));
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - width] ?? 0) + (data[at + width] ?? 0);
      const value = around - 4 * (data[at] ?? 0);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}

/** The mean of both rights, blurred called blurred and sharp called sharp, in per cent. */
function balanced(answers: readonly { readonly isBlurred: boolean; readonly says: boolean }[]): number {
  const rights = [true, false].map((kind) => {
    const own = answers.filter(({ isBlurred }) => isBlurred === kind);
    return share(own.filter(({ isBlurred, says }) => isBlurred === says).length, own.length);
  });
  return ((rights[0] ?? 0) + (rights[1] ?? 0)) / 2;
}

/** The peer gets the limit that suits this very set best. */
function bestOfPeer(values: readonly { readonly isBlurred: boolean; readonly variance: number }[]): number {
  return Math.max(
    ...values.map(({ variance: limit }) =>
      balanced(values.map(({ isBlurred, variance }) => ({ isBlurred, says: variance <= limit }))),
    ),
  );
}

const tallies = new Map<string, Tally>();
const wrongly: string[] = [];

/** What is to be found of those who are on a selfie. */
const OF_PEOPLE: Readonly<Record<People, string | null>> = { 0: 'page.noFace', 1: null, 2: 'page.severalFaces' };

function count(wanted: string | null, found: readonly string[], what: string): void {
  for (const rule of new Set([...found, ...(wanted === null ? [] : [wanted])])) {
    const tally = tallies.get(rule) ?? { right: 0, wrong: 0, missed: 0 };
    if (!found.includes(rule)) tally.missed += 1;
    else if (rule === wanted) tally.right += 1;
    else {
      tally.wrong += 1;
      wrongly.push(`${rule} on ${what}`);
    }
    tallies.set(rule, tally);
  }
}

/** Faults that any photograph can be given. */
const GIVEN: Readonly<Record<string, (picture: Sharp, longest: number) => Sharp>> = {
  'as it is': (picture) => picture,
  blurred: (picture, longest) => picture.blur(longest / 350),
  dark: (picture) => picture.linear(0.3, 0),
  faint: (picture) => picture.linear(0.2, 150),
};

async function tellOfPictures(folder: string, type: DocumentType): Promise<string[]> {
  const lines: string[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const { data, info } = await sharp(await readFile(join(folder, name)))
      .autoOrient()
      .png()
      .toBuffer({ resolveWithObject: true });
    for (const [fault, give] of Object.entries(GIVEN)) {
      const jpeg = await give(sharp(data), Math.max(info.width, info.height)).jpeg({ quality: 92 }).toBuffer();
      lines.push(`${name}, ${fault}: ${(await look(jpeg, type)).join(', ') || 'nothing'}`);
    }
  }
  return lines;
}

/** Only of the faces: how good a selfie is as a picture is not asked here. */
async function facesFound(jpeg: Uint8Array): Promise<string[]> {
  return (await look(jpeg, 'selfie')).filter((rule) => /faces?$/i.test(rule));
}

/** Drawn selfies with nobody, one and two people on them; and documents, which are none. */
async function countFaces(): Promise<void> {
  for (const people of PEOPLE) {
    for (let index = 0; index < PER_FAULT; index += 1) {
      const jpeg = await drawSelfie(SEED + 7919 * (people + 1) + 31 * index, people);
      count(OF_PEOPLE[people], await facesFound(jpeg), `a drawn selfie of ${people}`);
    }
  }
  for (let index = 0; index < PER_FAULT; index += 1) {
    const { jpeg, kind } = await drawFaultyPage(SEED + 7919 * 9 + 31 * index, 'none');
    if (kind !== 'utility_bill') continue;
    count('page.noFace', await facesFound(jpeg), `a ${kind}`);
  }
}

let notes: readonly string[] = [];

const accuracy: Bench = {
  name: 'findings/accuracy',
  unit: '% of blurred and sharp pages told apart',
  peerName: 'variance of the Laplacian, with the limit that suits this set best',
  better: 'more',
  runs: 1,
  unavailable: () => null,
  run: async () => {
    const answers: { isBlurred: boolean; says: boolean; variance: number }[] = [];
    let clean = 0;
    for (const fault of FAULT_NAMES) {
      for (let index = 0; index < PER_FAULT; index += 1) {
        const page = await drawFaultyPage(SEED + 7919 * fault.length + 31 * index, fault);
        const found = await look(page.jpeg, page.kind);
        count(FAULTS[fault], found, `${fault}, ${page.kind}, ${page.scene}`);
        if (fault === 'none' && found.length === 0) clean += 1;
        if (fault !== 'none' && FAULTS[fault] !== 'page.blurred') continue;
        const variance = await laplacianVariance(page.jpeg);
        answers.push({ isBlurred: fault !== 'none', says: found.includes('page.blurred'), variance });
      }
    }
    await countFaces();
    notes = [
      ...[...tallies].map(
        ([rule, { right, wrong, missed }]) =>
          `${rule.padEnd(28)} precision ${share(right, right + wrong).toFixed(0)} %, recall ${share(right, right + missed).toFixed(0)} % (right ${right}, wrong ${wrong}, missed ${missed})`,
      ),
      `${clean} of ${PER_FAULT} pages without a fault are clean`,
      ...wrongly.map((what) => `wrong: ${what}`),
      ...(PICTURES === undefined ? [] : await tellOfPictures(PICTURES, 'utility_bill')),
      ...(SELFIES === undefined ? [] : await tellOfPictures(SELFIES, 'selfie')),
    ];
    return { ours: balanced(answers), peer: bestOfPeer(answers) };
  },
  notes: () => notes,
};

export const findingsBenches: readonly Bench[] = [accuracy];
