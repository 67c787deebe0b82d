import sharp from 'sharp';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createInspection } from '../../main/inspection/index.ts';
import type { InspectionPort } from '../../main/inspection/index.ts';
import type { MediaType } from '../../shared/domain/index.ts';
import { samplePath } from '../support/samples.ts';
import { samplesOf } from '../support/sane.ts';
import { watchThread } from './children/heartbeat.ts';
import { runChild } from './children/run.ts';
import { inRandomOrder, median } from './harness.ts';
import type { Bench } from './harness.ts';

const ROUNDS = 10;
const root = join(import.meta.dirname, '../..');
const passport = samplePath('amelie-passport.jpg');

interface Subject {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
  /** Where the same bytes lie for the peer. */
  readonly file: string;
  /** On the clock, which other programs on the machine delay, and of this process's own processor time. */
  readonly thumbnail: Spent[];
  readonly findings: Spent[];
}

interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Begins to measure; the function that comes back says what was spent since. */
function spending(): () => Spent {
  const [started, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
  };
}

let inspection: InspectionPort | null = null;
let folder: string | null = null;
let subjects: Promise<Subject[]> | null = null;
const stalls: number[] = [];

/** A passport on a flatbed scanner's white lid, with the noise of its sensor: A4 at 300 dpi. */
function onA4(input: Buffer): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 238, sigma: 3 } as const;
  return (
    sharp({ create: { width: 2480, height: 3508, channels: 3, background: '#fff', noise } })
      .composite([{ input, left: 420, top: 520 }])
      // Which laying one picture on another adds, and no scanner gives.
      .removeAlpha()
      // Only the resolution: a colour profile, which scanners do not write here, would be another quarter of the decoding.
      .withDensity(300)
      .png({ adaptiveFiltering: true })
      .toBuffer()
  );
}

/** The same passport in a photograph of 12 megapixels. */
function onTable(input: Buffer): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 96, sigma: 6 } as const;
  return sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#555', noise } })
    .composite([{ input, left: 500, top: 400 }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function drawn(): Promise<Subject[]> {
  const a4 = await onA4(await sharp(passport).resize({ width: 1640 }).toBuffer());
  const files: [string, MediaType, Buffer][] = [
    ['A4 at 300 dpi, JPEG', 'image/jpeg', await sharp(a4).withDensity(300).jpeg({ quality: 85 }).toBuffer()],
    ['A4 at 300 dpi, PNG', 'image/png', a4],
    ['A4 at 300 dpi, samples as SANE gives them', 'image/tiff', await samplesOf(sharp(a4), 300)],
    ['12 megapixels, JPEG', 'image/jpeg', await onTable(await sharp(passport).resize({ width: 2900 }).toBuffer())],
  ];
  folder = mkdtempSync(join(tmpdir(), 'satchel-bench-page-'));
  return files.map(([name, mediaType, bytes], number) => {
    const file = join(folder ?? '', String(number));
    writeFileSync(file, bytes);
    return { name, mediaType, bytes, file, thumbnail: [], findings: [] };
  });
}

/** Looks at a page as capture does; answers the processor's milliseconds to all of its findings. */
async function lookAt(port: InspectionPort, subject: Subject, isCounted: boolean): Promise<number> {
  const spent = spending();
  let thumbnail = spent();
  const onThumbnail = (): void => {
    thumbnail = spent();
  };
  const { mediaType, bytes } = subject;
  const { longestBusyMs } = await watchThread(() =>
    // As the vault gives it: in memory of its own.
    port.inspect({ mediaType, read: () => Promise.resolve(new Uint8Array(bytes)), givesAway: true, onThumbnail }),
  );
  const findings = spent();
  if (isCounted) {
    subject.thumbnail.push(thumbnail);
    subject.findings.push(findings);
    stalls.push(longestBusyMs);
  }
  return findings.cpuMs;
}

const range = (values: readonly number[]): string =>
  `median ${median(values).toFixed(0)}, worst ${Math.max(...values).toFixed(0)} ms`;
const both = (spent: readonly Spent[]): string =>
  `${range(spent.map(({ wallMs }) => wallMs))} (processor ${range(spent.map(({ cpuMs }) => cpuMs))})`;

function told({ name, bytes, thumbnail, findings }: Subject): string {
  return `${name} (${(bytes.byteLength / 1e6).toFixed(1)} MB): thumbnail ${both(thumbnail)}; all findings ${both(findings)}`;
}

let notes: readonly string[] = [];

const page: Bench = {
  name: 'capture/page',
  unit: 'ms of processor time to all findings of four pages',
  peerName: 'decoding each of them once in full, with sharp',
  better: 'less',
  runs: ROUNDS,
  unavailable: () => null,
  run: async () => {
    subjects ??= drawn();
    const all = await subjects;
    const workerUrl = pathToFileURL(join(root, 'dist/main/inspection-worker.js'));
    const isFirst = inspection === null;
    inspection ??= createInspection({ workers: 1, workerUrl });
    const port = inspection;
    // The worker starts and reads its weights with the first page of a day.
    if (isFirst) for (const subject of all) await lookAt(port, subject, false);
    return inRandomOrder(
      async () => {
        let ms = 0;
        for (const subject of all) ms += await lookAt(port, subject, true);
        return ms;
      },
      // In a process of its own: in this one, what it leaves behind would be collected while a page is looked at, and count as the page's.
      () => runChild('decode', { files: all.map(({ file }) => file) }, z.number()),
    );
  },
  finish: async () => {
    const all = (await subjects) ?? [];
    notes = [
      ...all.map(told),
      `longest time that the main thread was busy meanwhile: ${Math.max(...stalls).toFixed(0)} ms`,
    ];
  },
  notes: () => notes,
  close: async () => {
    await inspection?.close();
    inspection = null;
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    folder = null;
  },
};

export const pageBenches: readonly Bench[] = [page];
