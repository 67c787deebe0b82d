/** A picture in colour: three bytes a pixel, rows from the top. */
export interface Picture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The colour of a plain background under uneven light: of each channel, how much of each of `termsOf` it has. */
export type Light = readonly (readonly number[])[];

/** Light falls off to one side, or from a bright middle. */
const TERMS = 6;
/** Of the pixels that tell the light no more are looked at, evenly spread: it changes slowly. */
const MOST_PLACES = 1000;

/** Places from -1 to 1 in both directions, so that no term outweighs the others. */
function termsOf(at: number, { width, height }: Picture): readonly number[] {
  const x = (2 * (at % width)) / width - 1;
  const y = (2 * Math.floor(at / width)) / height - 1;
  return [1, x, y, x * x, x * y, y * y];
}

/** Solves `matrix` · x = `right` by elimination, for each of several right sides; a row that says nothing new gives 0. */
function solved(matrix: readonly number[][], right: readonly number[][]): number[][] {
  const rows = matrix.map((row, index) => [...row, ...(right[index] ?? [])]);
  const size = matrix.length;
  for (let column = 0; column < size; column += 1) {
    const pivots = rows.slice(column).toSorted((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0));
    rows.splice(column, size - column, ...pivots);
    const pivot = rows[column] ?? [];
    const head = pivot[column] ?? 0;
    if (Math.abs(head) < 1e-9) continue;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / head;
      for (let at = column; at < row.length; at += 1) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, index) => {
    const head = row[index] ?? 0;
    return row.slice(size).map((value) => (Math.abs(head) < 1e-9 ? 0 : value / head));
  });
}

/** The surface of second degree that lies nearest to the colours of these pixels. */
export function lightOf(picture: Picture, places: readonly number[]): Light {
  const squares = Array.from({ length: TERMS }, () => Array.from({ length: TERMS }, () => 0));
  const products = Array.from({ length: TERMS }, () => [0, 0, 0]);
  const every = Math.max(1, Math.floor(places.length / MOST_PLACES));
  for (let index = 0; index < places.length; index += every) {
    const at = places[index] ?? 0;
    const terms = termsOf(at, picture);
    for (let row = 0; row < TERMS; row += 1) {
      const [term = 0, square = [], product = []] = [terms[row], squares[row], products[row]];
      for (let column = 0; column < TERMS; column += 1)
        square[column] = (square[column] ?? 0) + term * (terms[column] ?? 0);
      for (let channel = 0; channel < 3; channel += 1) {
        product[channel] = (product[channel] ?? 0) + term * (picture.rgb[3 * at + channel] ?? 0);
      }
    }
  }
  const surface = solved(squares, products);
  return [0, 1, 2].map((channel) => surface.map((term) => term[channel] ?? 0));
}

/** How far a pixel is from the colour that the background would have there, in its worst channel. */
export function awayFrom(picture: Picture, light: Light): (at: number) => number {
  const { rgb, width, height } = picture;
  const terms = Float64Array.from(
    light.flatMap((channel) => Array.from({ length: TERMS }, (_, at) => channel[at] ?? 0)),
  );
  return (at) => {
    const row = Math.floor(at / width);
    const x = (2 * (at - row * width)) / width - 1;
    const y = (2 * row) / height - 1;
    let worst = 0;
    for (let channel = 0, from = 0; channel < 3; channel += 1, from += TERMS) {
      const alongX = (terms[from + 1] ?? 0) + (terms[from + 3] ?? 0) * x + (terms[from + 4] ?? 0) * y;
      const value = (terms[from] ?? 0) + alongX * x + ((terms[from + 2] ?? 0) + (terms[from + 5] ?? 0) * y) * y;
      const away = Math.abs((rgb[3 * at + channel] ?? 0) - value);
      if (away > worst) worst = away;
    }
    return worst;
  };
}
