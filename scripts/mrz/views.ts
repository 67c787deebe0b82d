/** How a document lies on a page's pixels: on a scanner's glass, or before a camera. */
import { DOCUMENT_SCALE, PITCH_MM } from './documents.ts';
import type { DrawnDocument } from './documents.ts';
import type { Random } from './random.ts';

export interface View {
  readonly width: number;
  readonly height: number;
  /** From a page pixel to a document pixel. */
  readonly toDocument: (x: number, y: number) => [number, number];
  /** Document pixels for one page pixel, about. */
  readonly shrink: number;
  /** Page pixels from one character of the zone to the next, about. */
  readonly pitch: number;
  /** What lies around the document: its shade, and how strong its grain is. */
  readonly around: readonly [number, number];
}

/** The part of a page that the document may touch. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const COARSE = 8;

/** Found by asking every eighth pixel, with one such step around it. */
export function boxOf(document: DrawnDocument, view: View): Box {
  let [left, top, right, bottom] = [view.width, view.height, 0, 0];
  for (let y = 0; y < view.height; y += COARSE) {
    for (let x = 0; x < view.width; x += COARSE) {
      const [dx, dy] = view.toDocument(x, y);
      if (dx < 0 || dy < 0 || dx > document.width || dy > document.height) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return {
    left: Math.max(0, left - COARSE),
    top: Math.max(0, top - COARSE),
    right: Math.min(view.width, right + COARSE),
    bottom: Math.min(view.height, bottom + COARSE),
  };
}

type Corner = readonly [number, number];

/** The projective map that takes the unit square to four corners (clockwise from the top left), inverted. */
function fromCorners(corners: readonly [Corner, Corner, Corner, Corner]): (x: number, y: number) => [number, number] {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [ax, ay, bx, by] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const determinant = ax * by - bx * ay;
  const g = (sx * by - bx * sy) / determinant;
  const h = (ax * sy - sx * ay) / determinant;
  const m = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1] as const;
  const inverse = [
    m[4] * m[8] - m[5] * m[7],
    m[2] * m[7] - m[1] * m[8],
    m[1] * m[5] - m[2] * m[4],
    m[5] * m[6] - m[3] * m[8],
    m[0] * m[8] - m[2] * m[6],
    m[2] * m[3] - m[0] * m[5],
    m[3] * m[7] - m[4] * m[6],
    m[1] * m[6] - m[0] * m[7],
    m[0] * m[4] - m[1] * m[3],
  ] as const;
  return (x, y) => {
    const w = inverse[6] * x + inverse[7] * y + inverse[8];
    return [(inverse[0] * x + inverse[1] * y + inverse[2]) / w, (inverse[3] * x + inverse[4] * y + inverse[5]) / w];
  };
}

/** An A4 sheet's worth of glass with the document somewhere on it, turned by `angle` (radians) and `turns` quarters. */
export function onGlass(random: Random, document: DrawnDocument, dpi: number, angle: number, turns: number): View {
  const scale = dpi / 25.4 / DOCUMENT_SCALE;
  const [pageWidth, pageHeight] = [Math.round((210 * dpi) / 25.4), Math.round((297 * dpi) / 25.4)];
  const isAcross = turns % 2 === 1;
  const [width, height] = isAcross ? [pageHeight, pageWidth] : [pageWidth, pageHeight];
  const [w, h] = [document.width * scale, document.height * scale];
  const margin = Math.abs(Math.sin(angle)) * w * 0.6 + 12;
  const cx = random.between(w / 2 + margin, width - w / 2 - margin);
  const cy = random.between(h / 2 + margin, height - h / 2 - margin);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const upright = (x: number, y: number): [number, number] => [
    ((x - cx) * cosine + (y - cy) * sine) / scale + document.width / 2,
    ((y - cy) * cosine - (x - cx) * sine) / scale + document.height / 2,
  ];
  const toDocument = (x: number, y: number): [number, number] => {
    if (turns === 1) return upright(y, pageWidth - 1 - x);
    if (turns === 2) return upright(pageWidth - 1 - x, pageHeight - 1 - y);
    return turns === 3 ? upright(pageHeight - 1 - y, x) : upright(x, y);
  };
  const lid = random.chance(0.8) ? random.between(235, 254) : random.between(10, 60);
  return {
    width: pageWidth,
    height: pageHeight,
    toDocument,
    shrink: 1 / scale,
    pitch: (PITCH_MM * dpi) / 25.4,
    around: [lid, 0],
  };
}

/** How somebody held the camera. */
export interface Shot {
  /** Pixels of the picture's longer side. */
  readonly longSide: number;
  /** 0 is straight above; 1 moves the corners by about 2 % of the document's width. */
  readonly tilt: number;
  /** Turned by so much, in radians. */
  readonly angle: number;
  /** The document's share of the frame. */
  readonly share: number;
  /** How far a bent page lifts the middle of a line, as a share of the document's height; 0 is flat. */
  readonly bend: number;
}

/** A photograph: the document fills most of the frame, or a little more than it. */
export function inPhoto(random: Random, document: DrawnDocument, shot: Shot): View {
  const width = shot.longSide;
  const height = Math.round(width * random.pick([0.75, 0.75, 0.66, 0.5625]));
  // Turned documents need more room: what is as wide as the frame leaves it with its corners.
  const [cosine, sine] = [Math.abs(Math.cos(shot.angle)), Math.abs(Math.sin(shot.angle))];
  const aspect = document.height / document.width;
  const w = shot.share * Math.min(width / (cosine + aspect * sine), height / (sine + aspect * cosine));
  const h = w * aspect;
  const [cx, cy] = [width / 2 + random.normal() * width * 0.01, height / 2 + random.normal() * height * 0.01];
  const corner = (sx: number, sy: number): Corner => {
    const [dx, dy] = [(sx * w) / 2, (sy * h) / 2];
    return [
      cx + dx * Math.cos(shot.angle) - dy * Math.sin(shot.angle) + random.normal() * shot.tilt * 0.02 * w,
      cy + dx * Math.sin(shot.angle) + dy * Math.cos(shot.angle) + random.normal() * shot.tilt * 0.02 * w,
    ];
  };
  const map = fromCorners([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
  const squeeze = shot.bend * random.between(-1, 1);
  const toDocument = (x: number, y: number): [number, number] => {
    const [u, v] = map(x, y);
    const off = u - 0.5;
    const bent = v + shot.bend * (4 * off * off - 0.4);
    return [(u + squeeze * off * off) * document.width, bent * document.height];
  };
  return {
    width,
    height,
    toDocument,
    shrink: document.width / w,
    pitch: (PITCH_MM * DOCUMENT_SCALE * w) / document.width,
    around: [random.between(30, 200), random.between(5, 40)],
  };
}
