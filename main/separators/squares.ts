import { writeBarcode } from 'zxing-wasm/writer';
import { prepareWriter } from './writer.ts';

/** A QR code as squares, `side` by `side`, without the quiet zone around it. */
export interface Squares {
  readonly side: number;
  readonly isDark: (column: number, row: number) => boolean;
}

/** `level`: how much of it may be spoilt; H is a third, M a seventh. Throws for a text that no code holds. */
export async function qrSquares(text: string, level: 'M' | 'H'): Promise<Squares> {
  await prepareWriter();
  const { symbol, error } = await writeBarcode(text, {
    format: 'QRCode',
    options: `ecLevel=${level}`,
    scale: 1,
    addQuietZones: false,
  });
  if (error !== '') throw new Error(`separators: ${error}`);
  const side = symbol.width;
  return { side, isDark: (column, row) => symbol.data[row * side + column] === 0 };
}

/** The same as the path of an SVG, one unit a square, for the window to draw. */
export async function qrPath(text: string): Promise<{ side: number; path: string }> {
  const { side, isDark } = await qrSquares(text, 'M');
  let path = '';
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      if (!isDark(column, row)) continue;
      const from = column;
      while (column + 1 < side && isDark(column + 1, row)) column += 1;
      path += `M${from} ${row}h${column + 1 - from}v1H${from}z`;
    }
  }
  return { side, path };
}
