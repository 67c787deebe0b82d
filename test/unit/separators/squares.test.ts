import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readCodesOf } from '../../../main/inspection/codes/zxing.ts';
import { qrPath } from '../../../main/separators/index.ts';

it.each(['https://enterprise.example.invalid/verification/1670035114445x631333625381113500', 'Ä 1'])(
  'a code drawn as the path of an SVG reads as what was put in: %s',
  async (text) => {
    const { side, path } = await qrPath(text);
    const size = side + 8;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 6}" height="${size * 6}" viewBox="-4 -4 ${size} ${size}">
      <rect x="-4" y="-4" width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`;
    const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
    const picture = { data: new Uint8Array(data), width: info.width, height: info.height };
    expect(await readCodesOf(picture, { formats: ['QRCode'], tryRotate: false })).toEqual([text]);
  },
);
