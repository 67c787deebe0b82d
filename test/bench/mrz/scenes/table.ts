/** What a document lies on. */
import sharp from 'sharp';
import type { Random } from '../../../../scripts/mrz/random.ts';
import type { Frame } from './camera.ts';

export type Table = 'glass' | 'plain' | 'wood' | 'cloth' | 'letter' | 'keys';

/** Drawn so many times smaller: what lies on a table is no sharper than that. */
const COARSER = { glass: 8, plain: 8, wood: 4, letter: 2, keys: 2 } as const;

function wood(random: Random, width: number, height: number): string {
  const [r, g, b] = random.pick([
    [150, 105, 65],
    [205, 170, 125],
    [90, 60, 42],
    [225, 205, 175],
  ] as const);
  const lines: string[] = [`<rect width="${width}" height="${height}" fill="rgb(${r},${g},${b})"/>`];
  for (let y = -60; y < height + 60; y += random.between(3, 12)) {
    const shade = random.between(-35, 20);
    const [bend, at] = [random.between(-40, 40), y + random.between(-20, 20)];
    lines.push(
      `<path d="M0 ${y} Q${width / 2} ${at + bend} ${width} ${at}" fill="none" stroke="rgb(${r + shade},${g + shade},${b + shade})" stroke-width="${random.between(0.8, 7).toFixed(1)}" opacity="0.6"/>`,
    );
  }
  return lines.join('');
}

/** Two threads over and under each other. */
function weave(random: Random, width: number, height: number): Frame {
  const base = [0, 1, 2].map(() => random.integer(30, 190));
  const [turn, size] = [random.between(0, Math.PI / 2), random.between(5, 12)];
  const [a, b] = [(Math.cos(turn) * 2 * Math.PI) / size, (Math.sin(turn) * 2 * Math.PI) / size];
  const data = new Float32Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const thread = 22 * Math.sin(a * x + b * y) * Math.cos(b * x - a * y);
      for (const channel of [0, 1, 2]) data[at + channel] = (base[channel] ?? 0) + thread;
    }
  }
  return { width, height, data };
}

/** Sheets of print below the document, each some way askew. */
function letter(random: Random, width: number, height: number): string {
  const rows: string[] = [`<rect width="${width}" height="${height}" fill="#86785f"/>`];
  for (let sheet = 0; sheet < 3; sheet += 1) {
    const [x, y, turn] = [
      random.between(-0.2, 0.5) * width,
      random.between(-0.2, 0.5) * height,
      random.integer(-40, 40),
    ];
    const size = width * random.between(0.011, 0.017);
    const family = random.pick(['Liberation Mono', 'Liberation Serif', 'DejaVu Sans']);
    const text = Array.from({ length: 26 }, (_, row) => {
      const words = Array.from({ length: 8 }, () =>
        random.pick(['account', 'BALANCE', '2026-04-11', 'IBAN', '1.204,60', 'please', 'REF', 'transfer']),
      ).join(' ');
      return `<text x="${size * 3}" y="${size * (4 + 1.7 * row)}">${words}</text>`;
    });
    rows.push(
      `<g transform="translate(${x} ${y}) rotate(${turn})"><rect width="${width * 0.6}" height="${width * 0.85}" fill="#f3f2ee"/><g font-family="${family}" font-size="${size}" fill="#222">${text.join('')}</g></g>`,
    );
  }
  return rows.join('');
}

function keys(random: Random, width: number, height: number): string {
  const size = width * random.between(0.045, 0.06);
  const rows: string[] = [
    `<rect width="${width}" height="${height}" fill="#a8a49c"/><g transform="rotate(${random.integer(-12, 12)} ${width / 2} ${height / 2})">`,
  ];
  for (let y = 0; y < height * 0.7; y += size) {
    for (let x = 0; x < width; x += size)
      rows.push(
        `<rect x="${x}" y="${y}" width="${size * 0.9}" height="${size * 0.88}" rx="${size * 0.1}" fill="#24262a"/><text x="${x + size * 0.2}" y="${y + size * 0.5}" font-family="DejaVu Sans" font-size="${size * 0.34}" fill="#ddd">${random.pick(Array.from('QWERTZUIOPASDFGHJKL'))}</text>`,
      );
  }
  return `${rows.join('')}</g>`;
}

function drawn(random: Random, table: Table, width: number, height: number): string {
  if (table === 'wood') return wood(random, width, height);
  if (table === 'letter') return letter(random, width, height);
  if (table === 'keys') return keys(random, width, height);
  const lid = random.chance(0.75) ? random.integer(232, 254) : random.integer(12, 60);
  const [r, g, b] =
    table === 'glass' ? [lid, lid, lid] : [random.integer(20, 240), random.integer(20, 240), random.integer(20, 240)];
  return `<rect width="${width}" height="${height}" fill="rgb(${r},${g},${b})"/>`;
}

export async function layTable(random: Random, table: Table, width: number, height: number): Promise<Frame> {
  if (table === 'cloth') return weave(random, width, height);
  const coarser = COARSER[table];
  const [w, h] = [Math.ceil(width / coarser), Math.ceil(height / coarser)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${drawn(random, table, w, h)}</svg>`;
  const raw = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .removeAlpha()
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width, height, data: Float32Array.from(raw) };
}
