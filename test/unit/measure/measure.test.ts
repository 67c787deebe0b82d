/** What is measured on small pictures that are computed here: how a document lies, its reflections, and how sharp it is. */
import { describe, expect, it } from 'vitest';
import { findDocument } from '../../../main/inspection/measure/document.ts';
import { edgesOf } from '../../../main/inspection/measure/edges.ts';
import { glareOf } from '../../../main/inspection/measure/glare.ts';
import type { Small } from '../../../main/inspection/measure/index.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';

const WIDTH = 400;
const HEIGHT = 300;
const CARD_SHAPE = 1.586;

/** A brightness or a colour for each place. */
type Paint = (x: number, y: number) => number | readonly [number, number, number];

function drawn(paint: Paint): Small {
  const rgb = new Uint8Array(3 * WIDTH * HEIGHT);
  const grey = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0; at < grey.length; at += 1) {
    const painted = paint(at % WIDTH, Math.floor(at / WIDTH));
    const [r, g, b] = typeof painted === 'number' ? [painted, painted, painted] : painted;
    rgb.set([r, g, b], 3 * at);
    grey[at] = 0.299 * r + 0.587 * g + 0.114 * b;
  }
  return { width: WIDTH, height: HEIGHT, factor: 4, rgb, grey };
}

/** Whether a place is on a card 240 pixels wide. `u` and `v`: along and across it, from its middle. */
function card(x: number, y: number, [left, top]: readonly [number, number], degrees = 0): boolean {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [dx, dy] = [x - left - 120, y - top - 76];
  return Math.abs(dx * cosine + dy * sine) < 120 && Math.abs(dy * cosine - dx * sine) < 120 / CARD_SHAPE;
}

const MIDDLE = [80, 75] as const;

/** A second sheet that lies at the card. */
const isPaper = (x: number, y: number): boolean => x > 290 && y < 110 && x - y > 180;

/** From the middle of a lamp, in pixels. */
const from = (x: number, y: number): number => Math.hypot((x - 200) / 1.6, y - 150);
/** Lines of print every twelve pixels. */
const isPrint = (x: number, y: number): boolean => y % 12 < 3 && x % 7 < 4;
const lamp: Paint = (x, y) => Math.min(254, (isPrint(x, y) ? 60 : 205) + 330 * Math.exp(-((from(x, y) / 45) ** 2)));

/** The ground of a photograph, and who is on it. */
const isHead = (x: number, y: number): boolean => Math.hypot(x - 200, (y - 160) / 1.3) < 22;
const isGround = (x: number, y: number): boolean => Math.abs(x - 200) < 40 && Math.abs(y - 150) < 50;

/** A soft edge, as from a camera that is not quite sharp. */
const edge = (x: number): number => Math.min(1, Math.max(0, (x + 2) / 4));
const soft: Paint = (x, y) => 190 + 65 * edge(40 - Math.abs(x - 200)) * edge(50 - Math.abs(y - 150));

/** An edge every 48 pixels, each ten pixels long. */
const edgeAt = (x: number): number =>
  Math.min(1, Math.max(0, ((x % 96) - 20) / 10)) - Math.min(1, Math.max(0, ((x % 96) - 68) / 10));

function shapeOf(small: Small): number | null {
  const found = findDocument(small);
  return found && found.longer / found.shorter;
}

describe('where the document is', () => {
  it('is told of a pale card on a pale lid', () => {
    const pale = drawn((x, y) => (card(x, y, MIDDLE, 4) ? 244 : 236));
    expect(shapeOf(pale)).toBeCloseTo(CARD_SHAPE, 1);
    const touching = drawn((x, y) => (card(x, y, [-60, 75], 4) ? 244 : 236));
    expect(findDocument(touching)).toMatchObject({ touches: 1 });
  });

  it('is told on a table on which the light falls off, to a side or from its middle', () => {
    const toOneSide = drawn((x, y) => (card(x, y, MIDDLE) ? 225 : 180 - 0.3 * x));
    expect(shapeOf(toOneSide)).toBeCloseTo(CARD_SHAPE, 1);
    const fromTheMiddle = drawn((x, y) => (card(x, y, MIDDLE) ? 40 : 215 - 0.0015 * ((x - 200) ** 2 + (y - 150) ** 2)));
    expect(shapeOf(fromTheMiddle)).toBeCloseTo(CARD_SHAPE, 1);
    expect(findDocument(fromTheMiddle)).toMatchObject({ touches: 0, contact: 0 });
  });

  it('is told on a table with a grain', () => {
    const random = randomFrom(3);
    const grain = Float64Array.from({ length: WIDTH * HEIGHT }, () => random.normal() * 7);
    const rough = drawn((x, y) => (card(x, y, MIDDLE) ? 215 : 90 + (grain[y * WIDTH + x] ?? 0)));
    expect(shapeOf(rough)).toBeCloseTo(CARD_SHAPE, 1);
  });

  it('is not told where something else touches it', () => {
    expect(findDocument(drawn((x, y) => (card(x, y, MIDDLE) || isPaper(x, y) ? 215 : 90)))).toBeNull();
  });

  it('tells a corner that touches the border from a document that runs over it', () => {
    const corner = findDocument(drawn((x, y) => (card(x, y, [12, 75], 10) ? 215 : 90)));
    expect(corner).toMatchObject({ touches: 1 });
    expect(corner?.beyond).toBeLessThan(0.02);
    const over = findDocument(drawn((x, y) => (card(x, y, [-60, 75], 6) ? 215 : 90)));
    expect(over?.contact).toBeGreaterThan(0.9);
    expect(over?.beyond).toBeGreaterThan(0.06);
    const straight = findDocument(drawn((x, y) => (card(x, y, [0, 75]) ? 215 : 90)));
    expect(straight?.contact).toBeGreaterThan(0.9);
    expect(straight?.beyond).toBe(0);
  });
});

describe('reflections', () => {
  const all = new Uint8Array(WIDTH * HEIGHT).fill(1);
  const glare = (paint: Paint, middle = 200, edge = 9): number =>
    glareOf(drawn(paint), all, { middle, angle: 0, edge });

  it('fade slowly, also over print', () => {
    expect(glare(lamp)).toBeGreaterThan(0.02);
  });

  it('are patches without straight sides where they hardly fade', () => {
    expect(glare((x, y) => (from(x, y) < 25 ? 255 : 232), 232)).toBeGreaterThan(0.01);
    expect(glare((x, y) => (from(x, y) < 25 ? 246 : 232), 232)).toBe(0);
  });

  it('are no white fields of the print, whose sides are straight, whatever stands in them', () => {
    expect(glare((x, y) => (isHead(x, y) ? 70 : isGround(x, y) ? 255 : 215))).toBe(0);
    expect(glare(soft, 190, 14)).toBe(0);
  });
});

describe('how sharp a document is', () => {
  it('is not made better by noise', () => {
    const random = randomFrom(5);
    const noise = Float64Array.from({ length: 480 * 480 }, () => random.normal() * 9);
    const picture = (deviation: number) => ({
      data: Uint8Array.from({ length: 480 * 480 }, (_, place) => {
        const isPlain = Math.floor(place / 480) > 240;
        return 80 + 110 * (isPlain ? 0 : edgeAt(place % 480)) + deviation * (noise[place] ?? 0);
      }),
      width: 480,
      height: 480,
    });
    const clean = edgesOf(picture(0), () => true).pixels ?? 0;
    expect(clean).toBeCloseTo(10, 0);
    expect(edgesOf(picture(1), () => true).pixels).toBeGreaterThan(0.85 * clean);
  });
});
