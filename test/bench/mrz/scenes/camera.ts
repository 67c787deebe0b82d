/** Looks at a paper through a pinhole, wherever and however it lies: a mesh in space, drawn triangle by triangle. */
import sharp from 'sharp';
import type { Paper } from './paper.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue, 0 to 255. */
  readonly data: Float32Array;
}

/** How the paper lies before the camera. */
export interface Pose {
  /** The middle of the paper in the frame, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels per millimetre there. */
  readonly scale: number;
  /** Radians: turned in the picture, its side tipped away, its top tipped away. */
  readonly roll: number;
  readonly yaw: number;
  readonly pitch: number;
  /** Of the frame's longer side: a telephone has 0.75. */
  readonly focal: number;
  /** How far a place of the paper (0 to 1 across and down) stands off the table, in millimetres. */
  readonly lift: (across: number, down: number) => number;
}

const COLUMNS = 72;
const ROWS = 48;
/** Pixels of the drawn paper for each of the picture. */
const FINER = 1.6;

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly u: number;
  readonly v: number;
  readonly shade: number;
}

function mesh(paper: Paper, pose: Pose, frame: Frame): Corner[] {
  const distance = (pose.focal * Math.max(frame.width, frame.height)) / pose.scale;
  const corners: Corner[] = [];
  const [cr, sr] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const [cy, sy] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const [cp, sp] = [Math.cos(pose.pitch), Math.sin(pose.pitch)];
  for (let row = 0; row <= ROWS; row += 1) {
    for (let column = 0; column <= COLUMNS; column += 1) {
      const [u, v] = [column / COLUMNS, row / ROWS];
      const [x0, y0, z0] = [(u - 0.5) * paper.width, (v - 0.5) * paper.height, -pose.lift(u, v)];
      const [x1, z1] = [x0 * cy + z0 * sy, z0 * cy - x0 * sy];
      const [y2, z2] = [y0 * cp - z1 * sp, z1 * cp + y0 * sp];
      const depth = (distance + z2) / distance;
      const [x3, y3] = [(x1 * cr - y2 * sr) / depth, (x1 * sr + y2 * cr) / depth];
      const slopeX = (pose.lift(Math.min(1, u + 0.01), v) - pose.lift(Math.max(0, u - 0.01), v)) / (0.02 * paper.width);
      const slopeY =
        (pose.lift(u, Math.min(1, v + 0.01)) - pose.lift(u, Math.max(0, v - 0.01))) / (0.02 * paper.height);
      // A lamp above, to the left and behind.
      const shade = 0.35 + (0.65 * (1 + 0.5 * slopeX + 0.4 * slopeY)) / Math.hypot(1, slopeX, slopeY);
      corners.push({ x: pose.x + x3 * pose.scale, y: pose.y + y3 * pose.scale, u, v, shade });
    }
  }
  return corners;
}

async function rasterOf(paper: Paper, scale: number): Promise<{ data: Buffer; width: number; height: number }> {
  const [width, height] = [Math.round(paper.width * scale), Math.round(paper.height * scale)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${paper.width} ${paper.height}">${paper.svg}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg), { limitInputPixels: false })
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Draws the paper into the frame; returns for every pixel whether it is the paper's (1). */
export async function photograph(paper: Paper, pose: Pose, frame: Frame): Promise<Uint8Array> {
  const raster = await rasterOf(paper, pose.scale * FINER);
  const corners = mesh(paper, pose, frame);
  const covered = new Uint8Array(frame.width * frame.height);
  const draw = (a: Corner, b: Corner, c: Corner): void => {
    const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    if (Math.abs(area) < 1e-9) return;
    const left = Math.max(0, Math.floor(Math.min(a.x, b.x, c.x)));
    const right = Math.min(frame.width - 1, Math.ceil(Math.max(a.x, b.x, c.x)));
    const top = Math.max(0, Math.floor(Math.min(a.y, b.y, c.y)));
    const bottom = Math.min(frame.height - 1, Math.ceil(Math.max(a.y, b.y, c.y)));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const wb = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
        const wc = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
        const wa = 1 - wb - wc;
        if (wa < -1e-4 || wb < -1e-4 || wc < -1e-4) continue;
        const [dux, dvx] = [
          ((b.u - a.u) * (c.y - a.y) - (c.u - a.u) * (b.y - a.y)) / area,
          ((b.v - a.v) * (c.y - a.y) - (c.v - a.v) * (b.y - a.y)) / area,
        ];
        const [duy, dvy] = [
          ((c.u - a.u) * (b.x - a.x) - (b.u - a.u) * (c.x - a.x)) / area,
          ((c.v - a.v) * (b.x - a.x) - (b.v - a.v) * (c.x - a.x)) / area,
        ];
        const shade = wa * a.shade + wb * b.shade + wc * c.shade;
        let [red, green, blue] = [0, 0, 0];
        for (let sub = 0; sub < 4; sub += 1) {
          const [ox, oy] = [(sub & 1) * 0.5 - 0.25, (sub >> 1) * 0.5 - 0.25];
          const u = wa * a.u + wb * b.u + wc * c.u + dux * ox + duy * oy;
          const v = wa * a.v + wb * b.v + wc * c.v + dvx * ox + dvy * oy;
          const px = Math.min(raster.width - 1, Math.max(0, Math.round(u * raster.width - 0.5)));
          const py = Math.min(raster.height - 1, Math.max(0, Math.round(v * raster.height - 0.5)));
          const from = 3 * (py * raster.width + px);
          red += raster.data[from] ?? 0;
          green += raster.data[from + 1] ?? 0;
          blue += raster.data[from + 2] ?? 0;
        }
        const to = y * frame.width + x;
        covered[to] = 1;
        frame.data[3 * to] = (red / 4) * shade;
        frame.data[3 * to + 1] = (green / 4) * shade;
        frame.data[3 * to + 2] = (blue / 4) * shade;
      }
    }
  };
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const at = row * (COLUMNS + 1) + column;
      const [a, b, c, d] = [corners[at], corners[at + 1], corners[at + COLUMNS + 1], corners[at + COLUMNS + 2]];
      if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
      draw(a, b, d);
      draw(a, d, c);
    }
  }
  return covered;
}
