/** The face detector computes what the published one does, with the weights that were published. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facesIn, fieldOf } from '../../../main/inspection/face/detect.ts';
import { readDetector } from '../../../main/inspection/face/index.ts';
import { forward } from '../../../main/inspection/face/network.ts';

const DESCRIPTION = new URL('../../../assets/face/detector.json', import.meta.url);
const WEIGHTS = 'tiny_face_detector_model.bin';
const SIDE = 96;

/**
 * What @vladmandic/face-api 1.7.15 answered on the pattern below (`nets.tinyFaceDetector.forward`, with tfjs 4.22.0): all five boxes of the
 * middle cell, the sum of every number and of their sizes; and the surest box of `detectAllFaces`. Its two backends, cpu and wasm, differ by
 * up to 0.00001 and 0.0001.
 */
const PUBLISHED = {
  middle: [
    [-0.18107, -0.74428, -0.19273, -0.57946, -3.61124],
    [-0.4672, -0.46709, 0.02245, 0.07461, -27.48674],
    [-0.69417, -0.17775, 0.08525, -0.27926, -9.13931],
    [-1.65138, -0.4951, -0.01608, -0.28431, -18.49046],
    [1.15176, 2.31051, -0.1175, -0.11888, -35.80284],
  ],
  sum: -861.17002,
  sizes: 919.37145,
  box: { score: 0.0284034, x: 0.0506593, y: 0.2430571, width: 0.4610626, height: 0.3657631 },
};

/** A picture that anybody can make again. */
const pattern = {
  rgb: Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
    const [x, y, colour] = [Math.floor(at / 3) % SIDE, Math.floor(at / (3 * SIDE)), at % 3];
    return (7 * x + 13 * y + 31 * colour + 9 * ((x * y) % 17)) % 256;
  }),
  width: SIDE,
  height: SIDE,
};

const weights = readDetector(DESCRIPTION);

describe('the network', () => {
  it('answers what the published one answers', () => {
    const { data, width, height, channels } = forward(weights, fieldOf(pattern, SIDE).planes);
    expect([width, height]).toEqual([3, 3]);
    const numbers = Array.from({ length: 9 }, (_, cell) =>
      Array.from(data.subarray(cell * channels, cell * channels + 25)),
    );
    for (const [at, value] of PUBLISHED.middle.flat().entries()) expect(numbers[4]?.[at]).toBeCloseTo(value, 4);
    const all = numbers.flat();
    expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(PUBLISHED.sum, 3);
    expect(all.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(PUBLISHED.sizes, 3);
  });

  it('draws the published boxes', () => {
    const field = fieldOf(pattern, SIDE);
    const faces = facesIn(weights, field, 0.01);
    expect(faces).toHaveLength(3);
    // Of nothing, of course: but two of eleven boxes share too much with a surer one, as they do there.
    expect(facesIn(weights, field, 0.00001)).toHaveLength(9);
    for (const name of ['score', 'x', 'y', 'width', 'height'] as const) {
      expect(faces[0]?.[name]).toBeCloseTo(PUBLISHED.box[name], 6);
    }
  });
});

describe('what is looked at', () => {
  it('is the whole picture, each pixel the mean of what it covers, and black beside it', () => {
    const picture = { rgb: Uint8Array.from({ length: 3 * 8 * 4 }, (_, at) => (at % 3) * 40), width: 8, height: 4 };
    picture.rgb.fill(200, 0, 3);
    const { planes, columns, rows } = fieldOf(picture, 4);
    const { data, width, height } = planes;
    expect([columns, rows, width, height]).toEqual([4, 2, 32, 32]);
    const [red, green, blue] = [117.001, 114.697, 97.404];
    const pixel = (x: number, y: number): number[] => {
      const at = 3 * (width * y + x);
      return [(data[at] ?? 0) * 255 + red, (data[at + 1] ?? 0) * 255 + green, (data[at + 2] ?? 0) * 255 + blue].map(
        (value) => Math.round(value),
      );
    };
    // One of four pixels is 200 in every colour, the others 0, 40 and 80.
    expect(pixel(0, 0)).toEqual([50, 80, 110]);
    expect(pixel(3, 1)).toEqual([0, 40, 80]);
    expect(pixel(0, 2)).toEqual([0, 0, 0]);
    expect(pixel(4, 0)).toEqual([0, 0, 0]);
  });

  it('shares a pixel out between those that cover it', () => {
    const picture = { rgb: Uint8Array.from([0, 90, 240].flatMap((grey) => [grey, grey, grey])), width: 3, height: 1 };
    const { data } = fieldOf(picture, 2).planes;
    const red = [0, 1].map((x) => Math.round((data[3 * x] ?? 0) * 255 + 117.001));
    // The middle one lies half in each.
    expect(red).toEqual([30, 190]);
  });
});

describe('the weights', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'satchel-detector-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const copy = (): string => {
    cpSync(new URL('.', DESCRIPTION), folder, { recursive: true });
    return join(folder, 'detector.json');
  };

  it('are refused when a byte of them is another one', () => {
    const description = copy();
    const bytes = readFileSync(join(folder, WEIGHTS));
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(join(folder, WEIGHTS), bytes);
    expect(() => readDetector(pathToFileURL(description))).toThrow('the face detector file is damaged');
  });

  it('are refused when a layer is missing or has another size', () => {
    const description = copy();
    const text = readFileSync(description, 'utf8');
    writeFileSync(description, text.replace('"conv3/bias"', '"conv3/other"'));
    expect(() => readDetector(pathToFileURL(description))).toThrow('has no conv3/bias of 128 numbers');
    writeFileSync(description, text.replace('"shape": [25]', '"shape": [24]'));
    expect(() => readDetector(pathToFileURL(description))).toThrow('has another length');
  });
});
