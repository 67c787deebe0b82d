import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { inspect } from '../../../main/inspection/inspect.ts';
import { greyOf } from '../../../scripts/mrz/grey.ts';
import { isInstalled, OCR_B_FONT } from '../../../scripts/system-packages.ts';
import type { DocumentType } from '../../../shared/domain/index.ts';
import { SHORT_SIDE_PIXELS } from '../../../shared/rules/quality.ts';
import { judged } from '../../support/findings.ts';
import { share } from '../harness.ts';
import type { Bench } from '../harness.ts';
import { countLooks } from './looks.ts';
import { drawFaultyPage, FAULT_NAMES, FAULTS } from './pages.ts';
import type { FaultyPage } from './pages.ts';
import { PEOPLE, drawSelfie } from './selfies.ts';
import type { People } from './selfies.ts';
import { createTallies } from './tally.ts';
import { countZones } from './zones.ts';

/** Pages for each fault; `SATCHEL_BENCH_FINDINGS` makes a quick look or a long one possible. */
const PER_FAULT = Number(process.env['SATCHEL_BENCH_FINDINGS'] ?? 20);
/** Documents for each rule that speaks of what a document is, or of two that are alike. */
const PER_RULE = Math.ceil(PER_FAULT / 2);
/** A folder of photographs of paper documents that the project did not make: what is found on them is told as well. */
const PICTURES = process.env['SATCHEL_BENCH_PICTURES'];
/** A folder of photographs of one person each: what is found on them as selfies is told as well. */
const SELFIES = process.env['SATCHEL_BENCH_SELFIES'];
/** No limit was chosen by looking at pages of this seed. */
const SEED = 20_271_207;
const TODAY = '2026-11-26';

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

const TOO_FEW = 'page.tooFewPixels';
const tallies = createTallies();

/** What is to be found of those who are on a selfie. */
const OF_PEOPLE: Readonly<Record<People, readonly string[]>> = { 0: ['page.noFace'], 1: [], 2: ['page.severalFaces'] };

/**
 * What is to be found on a page: its fault; and that it has too few pixels, where that is so whatever its fault is. Where a border or a zone may tell the dots
 * per inch, those are judged instead, which is as right.
 */
function wantedOf({ fault, scene, shorter, hasZone }: FaultyPage, found: readonly string[]): string[] {
  const rule = FAULTS[fault];
  const wanted = rule === null || rule === TOO_FEW ? [] : [rule];
  if (shorter >= SHORT_SIDE_PIXELS) return wanted;
  if (scene === 'frame' && !hasZone) return [...wanted, TOO_FEW];
  return [
    ...wanted,
    ...found.filter((other) => other === TOO_FEW || (fault === 'few' && other === 'page.lowResolution')),
  ];
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

/** A document in the place of a selfie. */
const FOR_SELFIE = 'page.documentForSelfie';

/** Only of who is on it: how good a selfie is as a picture is not asked here. */
async function facesFound(jpeg: Uint8Array): Promise<string[]> {
  return (await look(jpeg, 'selfie')).filter((rule) => rule === FOR_SELFIE || /faces?$/i.test(rule));
}

/** Drawn selfies with nobody, one and two people on them; and documents, which are none. */
async function countFaces(): Promise<void> {
  for (const people of PEOPLE) {
    for (let index = 0; index < PER_FAULT; index += 1) {
      const jpeg = await drawSelfie(SEED + 7919 * (people + 1) + 31 * index, people);
      tallies.count(OF_PEOPLE[people], await facesFound(jpeg), `a drawn selfie of ${people}`);
    }
  }
  for (let index = 0; index < PER_FAULT; index += 1) {
    const { jpeg, kind, scene } = await drawFaultyPage(SEED + 7919 * 9 + 31 * index, 'none');
    const found = await facesFound(jpeg);
    const onlyDocument = found.filter((rule) => rule === FOR_SELFIE);
    tallies.count([FOR_SELFIE], onlyDocument, `a ${kind} for a selfie, ${scene}`);
    // Whose portrait is none, or none that is seen.
    if (kind === 'utility_bill' && onlyDocument.length === 0) tallies.count(['page.noFace'], found, `a ${kind}`);
  }
}

/** What kind of document, and whose; or why that cannot be told here. */
async function countDocuments(): Promise<string | null> {
  if (!isInstalled(OCR_B_FONT)) return `documents with a zone are left out: ${OCR_B_FONT.name} is not installed`;
  await countZones(tallies, PER_RULE);
  return null;
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
        tallies.count(wantedOf(page, found), found, `${fault}, ${page.kind}, ${page.scene}`);
        if (fault === 'none' && found.length === 0) clean += 1;
        if (fault !== 'none' && FAULTS[fault] !== 'page.blurred') continue;
        const variance = await laplacianVariance(page.jpeg);
        answers.push({ isBlurred: fault !== 'none', says: found.includes('page.blurred'), variance });
      }
    }
    await countFaces();
    await countLooks(tallies, PER_RULE);
    const missing = await countDocuments();
    notes = [
      ...tallies.notes(),
      `${clean} of ${PER_FAULT} pages without a fault are clean`,
      ...(missing === null ? [] : [missing]),
      ...tallies.faults(),
      ...(PICTURES === undefined ? [] : await tellOfPictures(PICTURES, 'utility_bill')),
      ...(SELFIES === undefined ? [] : await tellOfPictures(SELFIES, 'selfie')),
    ];
    return { ours: balanced(answers), peer: bestOfPeer(answers) };
  },
  notes: () => notes,
};

export const findingsBenches: readonly Bench[] = [accuracy];
