/** What lies on a page's document, and the light on it: each changes the page's pixels within `box`. */
import type { DrawnDocument } from './documents.ts';
import type { Random } from './random.ts';
import type { Box, View } from './views.ts';
import { wave } from './waves.ts';

export interface LitPage {
  readonly data: Float32Array;
  readonly document: DrawnDocument;
  readonly view: View;
  readonly box: Box;
}

function each({ data, view, box }: LitPage, change: (value: number, x: number, y: number) => number): void {
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const at = y * view.width + x;
      data[at] = change(data[at] ?? 0, x, y);
    }
  }
}

/** A page pixel of the document's lower part, where zones are. */
function nearZone(random: Random, { document, view, box }: LitPage): [number, number] {
  for (;;) {
    const [x, y] = [random.between(box.left, box.right), random.between(box.top, box.bottom)];
    const [dx, dy] = view.toDocument(x, y);
    if (dx > 0 && dx < document.width && dy > document.height * 0.6 && dy < document.height) return [x, y];
  }
}

/** A lamp's reflection on laminate, over a part of the zone or near it; `isHologram`: broken into the stripes of a grating. */
export function addGlare(random: Random, page: LitPage, isHologram = false): void {
  const [cx, cy] = nearZone(random, page);
  const { pitch } = page.view;
  const [rx, ry] = [pitch * random.between(2, 9), pitch * random.between(1, 5)];
  const strength = isHologram ? random.between(0.25, 0.6) : random.between(0.5, 0.95);
  const [turnsX, turnsY] = [random.normal() / (3 * pitch), random.normal() / (3 * pitch)];
  each(page, (value, x, y) => {
    const broken = isHologram ? 0.5 + 0.5 * wave(x * turnsX + y * turnsY) : 1;
    const share = strength * broken * Math.exp(-(((x - cx) / rx) ** 2) - ((y - cy) / ry) ** 2);
    return value * (1 - share) + 255 * share;
  });
}

/** Light that falls off to one side, and the soft edge of a shadow across the document. */
export function addShadow(random: Random, page: LitPage): void {
  const { view, box } = page;
  const [slope, dim] = [random.between(0.2, 0.5), random.between(0.45, 0.8)];
  const edge = random.between(box.left, box.right);
  const [lean, soft] = [random.between(-0.8, 0.8), view.pitch * random.between(0.5, 4)];
  each(page, (value, x, y) => {
    const shadow = 1 / (1 + Math.exp(-(x + lean * (y - box.top) - edge) / soft));
    return value * (1 - (slope * x) / view.width) * (1 - shadow * (1 - dim));
  });
}

/** The pixels of a screen that somebody photographed. */
export function addScreen(random: Random, page: LitPage): void {
  const depth = random.between(4, 12);
  const length = page.view.pitch * random.between(0.13, 0.4);
  const angle = random.between(-0.2, 0.2);
  const [turnsX, turnsY] = [Math.cos(angle) / length, Math.sin(angle) / length];
  each(page, (value, x, y) => value + depth * (wave(x * turnsX + y * turnsY) + wave(y * turnsX - x * turnsY)));
}

/** Fingertips that hold the document by its corners, beside the zone's characters. */
export function addFingers(random: Random, page: LitPage): void {
  const { document, view } = page;
  const skin = random.between(90, 190);
  const [rx, ry] = [document.width * random.between(0.025, 0.04), document.height * random.between(0.1, 0.25)];
  const tops = [random.between(0.75, 1), random.between(0.5, 1)].map((share) => share * document.height);
  each(page, (value, x, y) => {
    const [dx, dy] = view.toDocument(x, y);
    const isCovered = [0, document.width].some(
      (edge, side) => ((dx - edge) / rx) ** 2 + ((dy - (tops[side] ?? 0)) / ry) ** 2 < 1,
    );
    return isCovered ? skin + 12 * wave(y / (3 * view.pitch)) : value;
  });
}
