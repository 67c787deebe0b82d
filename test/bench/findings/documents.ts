import { guilloche, portrait, rosette, signature, svg, text } from '../../../scripts/samples/pieces.ts';
import type { Look } from '../../../scripts/samples/people.ts';
import type { Random } from '../../../scripts/mrz/random.ts';

export type Kind = 'id_card' | 'passport' | 'utility_bill';

/** A document as a drawing whose unit is a tenth of a millimetre. */
export interface DrawnDocument {
  readonly kind: Kind;
  readonly svg: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Lines like those of a machine-readable zone, by whose pitch its dots per inch may be told. */
  readonly hasZone: boolean;
}

const FAMILIES = [
  'Liberation Sans',
  'Liberation Serif',
  'Liberation Mono',
  'DejaVu Sans',
  'DejaVu Serif',
  'DejaVu Sans Mono',
];
/** Tints of documents and of their print. */
const GROUNDS = ['#dfe9ee', '#f2e6dc', '#e5eddc', '#efe3ea', '#e9e4d2', '#d3e2e6', '#f3efe8', '#dcd9ea'];
const INKS = ['#1c2733', '#222222', '#2a1d4f', '#3a1d12', '#10301c'];
const BANDS = ['#17344f', '#0e5a4a', '#742c43', '#8a6d1f', '#3d2a72', '#274d1f', '#a63a1e'];

function word(random: Random, least: number, most: number): string {
  const letters = Array.from({ length: random.integer(least, most) }, () =>
    random.pick(Array.from('abcdefghiklmnoprstuvwz')),
  );
  return letters.join('');
}

const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => word(random, 2, 9)).join(' ');
const name = (random: Random): string => word(random, 4, 11).toUpperCase();
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.integer(0, 9))).join('');

/** Somebody who was never there. */
export function lookOf(random: Random): Look {
  return {
    skin: random.pick(['#f1cdb0', '#d9a06f', '#8a5a3c', '#5a3825', '#e8b891']),
    hair: random.pick(['#2b1c14', '#6b3a1c', '#b98a3e', '#151515', '#9a9a9a']),
    hairStyle: random.pick(['long', 'short', 'bun', 'curly', 'bald', 'bob']),
    clothes: random.pick(['#245', '#722', '#353', '#446', '#822', '#555']),
    eyes: random.pick(['#4a3020', '#37617a', '#3c5a32']),
    glasses: random.chance(0.3),
    beard: random.chance(0.2),
  };
}

/** A template comes from one row of random numbers, what is filled in for a person from another. */
export interface Hands {
  readonly style: Random;
  readonly content: Random;
}

type Inside = Pick<DrawnDocument, 'svg' | 'hasZone'>;

/** Identity documents: a photograph, labels in small print with their values, patterns, sometimes a zone at the bottom. */
function identity({ style: random, content }: Hands, kind: Kind, width: number, height: number): Inside {
  const family = `font-family="${random.pick(FAMILIES)}"`;
  const ink = random.pick(INKS);
  const ground = random.pick(GROUNDS);
  const hasZone = kind === 'passport' || random.chance(0.3);
  const bottom = hasZone ? height * 0.74 : height * 0.96;
  const parts = [
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    guilloche(width, bottom, {
      lines: random.integer(14, 30),
      amplitude: random.between(12, 30),
      colour: random.pick(BANDS),
      phase: random.between(0, 6),
      opacity: random.between(0.15, 0.4),
    }),
    rosette(random.between(0.4, 0.8) * width, 0.45 * bottom, random.between(60, 120), random.pick(BANDS), 0.3),
  ];
  const top = height * 0.13;
  if (random.chance(0.8)) parts.push(`<rect width="${width}" height="${top}" fill="${random.pick(BANDS)}"/>`);
  parts.push(
    text(30, top * 0.7, `${name(random)} ${name(random)}`, { size: 34, fill: '#ffffff', family, isBold: true }),
  );
  const scale = ((bottom - top) * 0.8) / 500;
  const onRight = random.chance(0.25);
  const photoX = onRight ? width - 400 * scale - 40 : 40;
  parts.push(
    `<g transform="translate(${photoX} ${top + 25}) scale(${scale})"><svg width="400" height="500" viewBox="0 0 400 500">${portrait(lookOf(content), random.pick(['#dfe7ee', '#ffffff', '#e8e2d8']))}</svg></g>`,
  );
  const left = onRight ? 40 : photoX + 400 * scale + 35;
  const rows = Math.floor((bottom - top - 30) / 62);
  for (let row = 0; row < rows; row += 1) {
    const y = top + 40 + row * 62;
    parts.push(text(left, y, words(random, 2), { size: 15, fill: ink, family, opacity: 0.8 }));
    const value = row % 3 === 2 ? `${digits(content, 2)}.${digits(content, 2)}.${digits(content, 4)}` : name(content);
    parts.push(
      text(left, y + 30, value, { size: random.pick([24, 27, 30]), fill: ink, family, isBold: random.chance(0.5) }),
    );
  }
  parts.push(signature(left + 60, bottom - 25, name(content), ink));
  if (hasZone) {
    parts.push(
      `<rect y="${bottom}" width="${width}" height="${height - bottom}" fill="${random.pick(['#f6f5f0', '#eceeea', ground])}"/>`,
    );
    const line = (): string =>
      `${name(content)}<<${name(content)}<${digits(content, 9)}<<<<<<<<<<<<<<<<<<<`.slice(0, 44);
    for (let row = 0; row < 2; row += 1) {
      parts.push(
        text(35, bottom + 75 + row * 65, line(), {
          size: 40,
          fill: '#151515',
          family: 'font-family="Liberation Mono"',
        }),
      );
    }
  }
  return { svg: parts.join(''), hasZone };
}

/** A bill: letterhead, address, a table, small print; in colour or in black. */
function bill({ style: random, content }: Hands, width: number, height: number): Inside {
  const family = `font-family="${random.pick(FAMILIES)}"`;
  const ink = random.pick(INKS);
  const band = random.chance(0.4) ? '#333333' : random.pick(BANDS);
  const parts = [
    `<rect width="${width}" height="${height}" fill="${random.pick(['#ffffff', '#fbfaf6', '#f4f3ef'])}"/>`,
  ];
  if (random.chance(0.6)) parts.push(`<rect width="${width}" height="${random.between(140, 320)}" fill="${band}"/>`);
  else parts.push(`<circle cx="${random.between(300, 1700)}" cy="220" r="90" fill="${band}"/>`);
  for (let row = 0; row < 4; row += 1)
    parts.push(text(200, 480 + row * 50, `${name(content)} ${digits(content, 3)}`, { size: 38, fill: ink, family }));
  parts.push(text(200, 900, words(random, 4), { size: 56, fill: ink, family, isBold: true }));
  const rows = content.integer(3, 26);
  for (let row = 0; row < rows; row += 1) {
    const y = 1020 + row * 62;
    parts.push(text(200, y, words(content, content.integer(3, 6)), { size: 34, fill: ink, family }));
    parts.push(
      text(1880, y, `${digits(content, 3)}.${digits(content, 2)}`, { size: 34, fill: ink, family, anchor: 'end' }),
    );
    if (random.chance(0.3)) parts.push(`<path d="M200 ${y + 16}H1880" stroke="${ink}" stroke-width="2"/>`);
  }
  for (let row = 0; row < 3; row += 1)
    parts.push(text(200, 2780 + row * 34, words(random, 14), { size: 23, fill: ink, family }));
  return { svg: parts.join(''), hasZone: false };
}

/** Width and height. */
export const MILLIMETRES: Readonly<Record<Kind, readonly [number, number]>> = {
  id_card: [85.6, 54],
  passport: [125, 88],
  utility_bill: [210, 297],
};

export function drawDocument(hands: Hands, kind: Kind): DrawnDocument {
  const [widthMm, heightMm] = MILLIMETRES[kind];
  const [width, height] = [widthMm * 10, heightMm * 10];
  const { svg: inside, hasZone } =
    kind === 'utility_bill' ? bill(hands, width, height) : identity(hands, kind, width, height);
  const radius = kind === 'utility_bill' ? 0 : 31;
  const shape = `<clipPath id="shape"><rect width="${width}" height="${height}" rx="${radius}"/></clipPath>`;
  return {
    kind,
    svg: svg(width, height, `${shape}<g clip-path="url(#shape)">${inside}</g>`),
    widthMm,
    heightMm,
    hasZone,
  };
}
