import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { writeBarcode } from 'zxing-wasm/writer';
import { separatorSheets } from '../../main/separators/index.ts';
import { prepareWriter } from '../../main/separators/writer.ts';
import { greyOf } from '../../scripts/mrz/grey.ts';
import type { Random } from '../../scripts/mrz/random.ts';
import { drawing } from './vectors.ts';

/** Documents are drawn at 600 dpi. */
const SCALE = 600 / 25.4;
const CARD = { width: 85.6, height: 54 } as const;
const GLASS = { width: 210, height: 297 } as const;
const LID = '#f4f4f2';

/** A code as PNG, `width` × `height` millimetres at 600 dpi. `options`: zxing's own, e.g. `ecLevel=5,columns=13`. */
async function drawCode(
  text: string,
  format: 'PDF417' | 'QRCode' | 'Code128',
  { width, height, options }: { width: number; height: number; options: string },
): Promise<Buffer> {
  await prepareWriter();
  const { symbol, error } = await writeBarcode(text, { format, options, scale: 1, addQuietZones: false });
  if (error !== '') throw new Error(error);
  return sharp(Buffer.from(symbol.data), { raw: { width: symbol.width, height: symbol.height, channels: 1 } })
    .resize(Math.round(width * SCALE), Math.round(height * SCALE), { kernel: 'nearest', fit: 'fill' })
    .png()
    .toBuffer();
}

const FAMILY_NAMES = ['SPECIMEN', 'MUSTER', 'SAMPLE', 'EXAMPLE', 'DUPONT-TEST', 'OCONNOR', 'VAN DER PROBE'];
const GIVEN_NAMES = ['ANNA', 'BRUNO', 'CLARA', 'DAVID', 'ELENA', 'FELIX', 'GRETA', 'HUGO'];

/** What the code of a licence of nobody says: editions of 2003 to 2020, of the United States and Canada. */
export function licenceText(random: Random): string {
  const version = random.pick(['02', '03', '04', '08', '09', '10']);
  const isCanadian = random.chance(0.25);
  const day = (year: number): string => {
    const [month, date] = [random.integer(1, 12), random.integer(1, 28)].map((part) => String(part).padStart(2, '0'));
    return isCanadian ? `${year}${month}${date}` : `${month}${date}${year}`;
  };
  const [first, second] = [random.pick(GIVEN_NAMES), random.pick(GIVEN_NAMES)];
  const given =
    Number(version) < 4 ? [`DCT${first},${second}`] : [`DAC${first}`, `DAD${second}`, 'DDEN', 'DDFN', 'DDGN'];
  const elements = [
    `DAQ${random.pick(['T', 'D', 'S'])}${random.integer(10_000_000, 99_999_999)}`,
    `DCS${random.pick(FAMILY_NAMES)}`,
    ...given,
    'DCAD',
    'DCBNONE',
    'DCDNONE',
    `DBD${day(random.integer(2018, 2025))}`,
    `DBB${day(random.integer(1940, 2006))}`,
    `DBA${day(random.integer(2026, 2033))}`,
    `DBC${random.integer(1, 2)}`,
    'DAU068 in',
    'DAYBRO',
    `DAG${random.integer(1, 9999)} SAMPLE STREET`,
    'DAIEXAMPLETOWN',
    isCanadian ? 'DAJON' : 'DAJVA',
    `DAK${random.integer(10_000, 99_999)}0000  `,
    `DCF${random.integer(1_000_000, 9_999_999)}`,
    isCanadian ? 'DCGCAN' : 'DCGUSA',
  ];
  const subfile = `DL${elements.join('\n')}\r`;
  const length = String(subfile.length).padStart(4, '0');
  return `@\n\x1e\rANSI 636999${version}0001DL0031${length}${subfile}`;
}

/** The back of a card as PNG at 600 dpi, its code 74 millimetres long, as the standard has it (Annex D.3). */
export async function drawLicenceBack(random: Random, text: string): Promise<Buffer> {
  const columns = random.integer(11, 14);
  const code = await drawCode(text, 'PDF417', { width: 74, height: 13, options: `ecLevel=5,columns=${columns}` });
  const lines = Array.from(
    { length: 8 },
    (_, line) =>
      `<text x="4" y="${27 + 3.2 * line}">CLASS D ${random.integer(1000, 9999)} endorsements none, restrictions none</text>`,
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width * SCALE}" height="${CARD.height * SCALE}" viewBox="0 0 ${CARD.width} ${CARD.height}">` +
    `<rect width="100%" height="100%" fill="#e9ecf1"/><rect y="19" width="100%" height="4" fill="#333"/>` +
    `<g font-family="Liberation Sans" font-size="2.3" fill="#223">${lines.join('')}</g></svg>`;
  return drawing(() =>
    sharp(Buffer.from(svg))
      .composite([{ input: code, left: Math.round(5.8 * SCALE), top: Math.round(3 * SCALE) }])
      .greyscale()
      .png()
      .toBuffer(),
  );
}

/** The back of a card of another kind: a line of Code 128 and a QR code that says nothing of Satchel. */
export async function drawOtherCodes(random: Random): Promise<Buffer> {
  const bars = await drawCode(`X${random.integer(1e6, 1e9)}`, 'Code128', { width: 60, height: 9, options: '' });
  const square = await drawCode(`https://example.test/${random.integer(1, 1e9)}`, 'QRCode', {
    width: 22,
    height: 22,
    options: '',
  });
  const background = { width: Math.round(CARD.width * SCALE), height: Math.round(CARD.height * SCALE) };
  return sharp({ create: { ...background, channels: 3, background: '#f2efe6' } })
    .composite([
      { input: bars, left: Math.round(6 * SCALE), top: Math.round(4 * SCALE) },
      { input: square, left: Math.round(55 * SCALE), top: Math.round(22 * SCALE) },
    ])
    .greyscale()
    .png()
    .toBuffer();
}

/** A separator sheet as the app makes it, one side of it at 600 dpi. */
export async function drawSeparator(): Promise<Buffer> {
  const library = await PDFiumLibrary.init();
  try {
    const pdf = await library.loadDocument(await separatorSheets({ count: 1, language: 'de' }));
    const { data, width, height } = await pdf.getPage(0).render({ scale: 600 / 72, render: 'bitmap' });
    const png = await sharp(data, { raw: { width, height, channels: 4 } })
      .greyscale()
      .png()
      .toBuffer();
    pdf.destroy();
    return png;
  } finally {
    library.destroy();
  }
}

/** A copy of a copy: at 300 dpi, askew, spread ink, specks, and hard contrast, `times` over. */
export async function photocopied(random: Random, drawn: Buffer, times: number): Promise<Buffer> {
  let sheet = drawn;
  for (let copy = 0; copy < times; copy += 1) {
    const turned = await sharp(sheet)
      .rotate(random.normal() * 0.8, { background: LID })
      .png()
      .toBuffer();
    const { width, height } = await sharp(sheet).metadata();
    const flat = sharp(turned).resize(width, height, { fit: 'cover' }).blur(random.between(3, 7));
    sheet = await (await withNoise(random, flat, 14)).linear(2.2, -150).png().toBuffer();
  }
  return sheet;
}

/** How something reaches the desk. */
export interface Treatment {
  readonly dpi: number;
  /** Degrees, clockwise. */
  readonly angle: number;
  /** Deviation in millimetres. */
  readonly blur: number;
  /** Deviation of each pixel. */
  readonly noise: number;
  readonly quality: number;
}

async function withNoise(random: Random, picture: Sharp, noise: number): Promise<Sharp> {
  const { data, width, height } = await greyOf(picture);
  const table = Float32Array.from({ length: 65_536 }, () => random.normal() * noise);
  for (let at = 0; at < data.length; at += 1) {
    const row = Math.floor(at / width);
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + (table[(at + row * 7919) & 65_535] ?? 0)));
  }
  return sharp(data, { raw: { width, height, channels: 1 } });
}

/** Lays what was drawn at 600 dpi somewhere on an A4 glass and scans it: a JPEG. */
export async function scanned(random: Random, drawn: Buffer, treatment: Treatment): Promise<Buffer> {
  const { dpi, angle, blur, noise, quality } = treatment;
  const { width } = await sharp(drawn).metadata();
  const small = await sharp(drawn)
    .resize(Math.round((width * dpi) / 600))
    .png()
    .toBuffer();
  const turned = await sharp(small).rotate(angle, { background: LID }).png().toBuffer();
  const size = await sharp(turned).metadata();
  const [glassWidth, glassHeight] = [Math.round((GLASS.width * dpi) / 25.4), Math.round((GLASS.height * dpi) / 25.4)];
  // What is as large as the glass loses its corners when it lies askew.
  const [keptWidth, keptHeight] = [Math.min(size.width, glassWidth), Math.min(size.height, glassHeight)];
  const input = await sharp(turned)
    .extract({
      left: (size.width - keptWidth) >> 1,
      top: (size.height - keptHeight) >> 1,
      width: keptWidth,
      height: keptHeight,
    })
    .png()
    .toBuffer();
  const [left, top] = [random.integer(0, glassWidth - keptWidth), random.integer(0, glassHeight - keptHeight)];
  const glass = await sharp({ create: { width: glassWidth, height: glassHeight, channels: 3, background: LID } })
    .composite([{ input, left, top }])
    .png()
    .toBuffer();
  const sigma = (blur * dpi) / 25.4;
  const soft = sigma < 0.3 ? sharp(glass) : sharp(glass).blur(sigma);
  return (await withNoise(random, soft, noise)).jpeg({ quality }).toBuffer();
}
