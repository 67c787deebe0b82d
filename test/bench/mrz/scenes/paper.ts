/** Documents of nobody in colour, drawn with nothing of what the reader's training pages are drawn with. */
import type { MrzFormat } from '../../../../shared/mrz/index.ts';
import type { Random } from '../../../../scripts/mrz/random.ts';
import { randomZone } from '../../../../scripts/mrz/zones.ts';

/** A document as SVG, in millimetres. */
export interface Paper {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
  /** From its upper edge to the fold of an open book; null for a card. */
  readonly fold: number | null;
  readonly svg: string;
}

export interface PaperStyle {
  /** 0: as good as none; 1: as strong as it gets below the zone of a card. */
  readonly pattern: number;
  /** A passport lies open: the page before is there too. */
  readonly isOpen: boolean;
  /** Stroke added to the zone's characters, in millimetres: print that spread. */
  readonly spread: number;
}

export const FONT = 'OCR B S';
/** Millimetres from one character to the next (Doc 9303-3). */
export const PITCH = 2.54;
/** Of a font whose capitals are 0.72 of its size: 2.4 mm of capital. */
const SIZE = 3.35;
const SIZES: Readonly<Record<MrzFormat, readonly [number, number]>> = {
  TD1: [85.6, 54],
  TD2: [105, 74],
  TD3: [125, 88],
  'MRV-A': [120, 80],
  'MRV-B': [105, 74],
};

const HUES = [
  [196, 120, 130],
  [110, 150, 190],
  [120, 170, 140],
  [200, 165, 100],
  [160, 130, 180],
] as const;

const escaped = (text: string): string => text.replaceAll('<', '&lt;');

/** Rosettes and waves in two colours, over the zone too. */
function rosettes(random: Random, width: number, height: number, strength: number): string {
  const parts: string[] = [];
  for (let family = 0; family < 3; family += 1) {
    const [r, g, b] = random.pick(HUES);
    const [cx, cy] = [random.between(0, width), random.between(0, height)];
    const [petals, depth] = [random.integer(5, 14), random.between(0.1, 0.4)];
    for (let radius = 2; radius < width; radius += random.between(0.9, 1.6)) {
      const points = Array.from({ length: 121 }, (_, index) => {
        const turn = (index / 120) * 2 * Math.PI;
        const reach = radius * (1 + depth * Math.sin(petals * turn + radius * 0.3));
        return `${(cx + reach * Math.cos(turn)).toFixed(2)},${(cy + reach * Math.sin(turn)).toFixed(2)}`;
      });
      parts.push(
        `<polyline points="${points.join(' ')}" fill="none" stroke="rgb(${r},${g},${b})" stroke-opacity="${(0.15 + 0.6 * strength).toFixed(2)}" stroke-width="${(0.1 + 0.14 * strength).toFixed(2)}"/>`,
      );
    }
  }
  return parts.join('');
}

function smallPrint(random: Random, left: number, top: number, width: number, height: number): string {
  const words = ['Name / Nom', 'Date of issue', 'Authority', 'Signature of bearer', 'Place of birth', 'Personal no.'];
  const rows: string[] = [];
  for (let y = top + 4; y < top + height - 2; y += 6.5) {
    rows.push(
      `<text x="${left}" y="${y}" font-size="1.7" fill="#345">${random.pick(words)}</text>` +
        `<text x="${left}" y="${y + 3}" font-size="2.9" fill="#111">${random.pick(['SPECIMEN', 'UTOPIA', '01 JAN 2030', 'MUSTER'])} ${random.integer(10, 9999)}</text>`,
    );
  }
  return `<g font-family="DejaVu Sans">${rows.join('')}</g><rect x="${left + width * 0.75}" y="${top + 3}" width="${width * 0.12}" height="${height * 0.3}" fill="#777" opacity="0.5"/>`;
}

function zoneText(random: Random, lines: readonly string[], width: number, height: number, spread: number): string {
  const length = lines[0]?.length ?? 0;
  const left = (width - (length - 1) * PITCH) / 2 + random.between(-1.2, 1.2);
  const spacing = lines.length === 3 ? random.between(5, 6.4) : random.between(5.8, 6.6);
  const lowest = height - random.between(4.2, 6.5);
  const grey = random.integer(10, 55);
  const characters = lines.flatMap((text, line) =>
    Array.from(
      text,
      (character, at) =>
        `<text x="${(left + at * PITCH).toFixed(2)}" y="${(lowest - (lines.length - 1 - line) * spacing).toFixed(2)}">${escaped(character)}</text>`,
    ),
  );
  const stroke = spread > 0 ? ` stroke="rgb(${grey},${grey},${grey})" stroke-width="${spread}"` : '';
  return `<g font-family="${FONT}" font-size="${SIZE}" text-anchor="middle" fill="rgb(${grey},${grey},${grey})"${stroke}>${characters.join('')}</g>`;
}

export function drawPaper(random: Random, format: MrzFormat, style: PaperStyle): Paper {
  const lines = randomZone(random, format);
  const [width, own] = SIZES[format];
  const isOpen = style.isOpen && format === 'TD3';
  const height = isOpen ? 2 * own : own;
  const top = height - own;
  const [r, g, b] = [random.integer(215, 250), random.integer(215, 250), random.integer(205, 245)];
  const [pr, pg, pb] = random.pick(HUES);
  const portrait =
    format === 'TD1'
      ? ''
      : `<rect x="5" y="${top + 12}" width="33" height="42" fill="#c9ccd2"/><ellipse cx="21.5" cy="${top + 33}" rx="11" ry="15" fill="#a5806a"/><path d="M5 ${top + 54} Q21 ${top + 38} 38 ${top + 54}" fill="#334"/>`;
  const fold = isOpen
    ? `<rect y="${top - 0.4}" width="${width}" height="0.8" fill="#000" opacity="0.35"/>${smallPrint(random, 10, 6, width * 0.8, own - 20)}`
    : '';
  const svg =
    `<rect width="${width}" height="${height}" fill="rgb(${r},${g},${b})"/>` +
    `<rect y="${top}" width="${width}" height="${own}" fill="rgb(${pr},${pg},${pb})" opacity="${(0.06 + 0.22 * style.pattern).toFixed(2)}"/>` +
    rosettes(random, width, height, style.pattern) +
    portrait +
    smallPrint(
      random,
      width * (format === 'TD1' ? 0.06 : 0.36),
      top + 3,
      width * 0.6,
      own - (format === 'TD1' ? 24 : 20),
    ) +
    fold +
    zoneText(random, lines, width, height, style.spread);
  return { format, lines, width, height, fold: isOpen ? top : null, svg };
}
