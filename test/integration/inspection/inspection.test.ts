import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import sharp from 'sharp';
import { PDFDocument } from '@cantoo/pdf-lib';
import { animatedPng, encryptedPdf, jpeg, pdf, png, protectedPdf } from '../capture/files.ts';

let inspection: InspectionPort;
beforeAll(() => {
  inspection = createInspection();
});
afterAll(async () => {
  await inspection.close();
});

const inspect = (mediaType: MediaType, bytes: Uint8Array, how: { readonly givesAway?: boolean } = {}) =>
  inspection.inspect({ mediaType, read: () => Promise.resolve(bytes), ...how });
const rulesOf = (result: { facts: readonly { rule: string }[] }) => result.facts.map((fact) => fact.rule);

describe('inspection', () => {
  it('measures a JPEG and makes a thumbnail of at most 256 pixels', async () => {
    const result = await inspect('image/jpeg', await jpeg({ width: 1200, height: 800 }));
    expect(result).toMatchObject({ widthPixels: 1200, heightPixels: 800, sheetCount: 1, facts: [] });
    const thumbnail = await sharp(result.thumbnail ?? new Uint8Array()).metadata();
    expect(thumbnail).toMatchObject({ format: 'jpeg', width: 256, height: 171 });
  });

  it('reports width and height after the turn that the camera wrote into the file', async () => {
    const turned = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#fff' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await inspect('image/jpeg', turned)).toMatchObject({ widthPixels: 100, heightPixels: 300 });
  });

  it('takes what is given away as it is, and a copy of everything else', async () => {
    const bytes = await jpeg({ width: 300, height: 200 });
    const larger = new Uint8Array(bytes.length + 8);
    const part = larger.subarray(8);
    part.set(bytes);
    const given = new Uint8Array(bytes);
    const seen = await inspect('image/jpeg', bytes);
    const isGiven = { givesAway: true };
    expect(await inspect('image/jpeg', given, isGiven)).toEqual(seen);
    expect(await inspect('image/jpeg', part, isGiven)).toEqual(seen);
    expect([given.length, part.length]).toEqual([0, bytes.length]);
  });

  it('accepts a PNG with transparency and shows it on white', async () => {
    const clear = await png({ width: 400, height: 300, isTransparent: true });
    const result = await inspect('image/png', clear);
    expect(result.facts).toEqual([]);
    const { dominant } = await sharp(result.thumbnail ?? new Uint8Array()).stats();
    expect(dominant.r).toBeGreaterThan(200);
  });

  it.each([0.1, 0.5, 0.98])('finds a JPEG that ends after %f of its bytes damaged', async (share) => {
    const whole = await jpeg({ width: 900, height: 700 });
    const result = await inspect('image/jpeg', whole.subarray(0, Math.floor(whole.byteLength * share)));
    expect(rulesOf(result)).toEqual(['page.damaged']);
    expect(result.thumbnail).toBeNull();
  });

  it('finds a PNG that ends early damaged', async () => {
    const whole = await png({ width: 900, height: 700 });
    expect(rulesOf(await inspect('image/png', whole.subarray(0, whole.byteLength - 4000)))).toEqual(['page.damaged']);
  });

  it('refuses a small PNG that unpacks to 121 megapixels', async () => {
    const bomb = await sharp({
      create: { width: 11_000, height: 11_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9, palette: false })
      .toBuffer();
    expect(rulesOf(await inspect('image/png', bomb))).toEqual(['page.tooManyPixels']);
  });

  it('does not open what is none of the four kinds of pictures, whatever it is called', async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(rulesOf(await inspect('image/png', svg))).toEqual(['page.damaged']);
    const gif = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .gif()
      .toBuffer();
    expect(rulesOf(await inspect('image/png', gif))).toEqual(['page.damaged']);
  });

  it('takes no animation: a page is one picture, whichever of several somebody saw', async () => {
    const frames = [await jpeg({ width: 300, height: 240 }), await jpeg({ width: 300, height: 240, seed: 2 })];
    const moving = await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0 })
      .toBuffer();
    expect(await inspect('image/webp', moving)).toMatchObject({
      widthPixels: 300,
      thumbnail: null,
      facts: [{ rule: 'page.animated', severity: 'blocking' }],
    });
    expect(rulesOf(await inspect('image/png', await animatedPng()))).toEqual(['page.animated']);
  });

  it('counts the sheets of a PDF and shows the first in its true colours', async () => {
    const result = await inspect('application/pdf', pdf({ sheets: 3, colour: [1, 0, 0] }));
    expect(result).toMatchObject({ sheetCount: 3, widthPixels: null, facts: [] });
    const { dominant } = await sharp(result.thumbnail ?? new Uint8Array()).stats();
    expect(dominant.r).toBeGreaterThan(200);
    expect(dominant.b).toBeLessThan(60);
  });

  it('stops a file of two PDFs, of which readers show one, and no PDF that has been written on', async () => {
    const [one, another] = [pdf({ sheets: 3 }), pdf({ sheets: 2 })];
    expect(await inspect('application/pdf', Buffer.concat([one, another]))).toMatchObject({
      facts: [{ rule: 'pdf.several', severity: 'blocking' }],
    });
    const update = Buffer.from(`9 0 obj\n(%PDF-1.4)\nendobj\nstartxref\n${one.lastIndexOf('xref\n0')}\n%%EOF\n`);
    expect(rulesOf(await inspect('application/pdf', Buffer.concat([one, update])))).toEqual([]);
  });

  it('takes no PDF whose end mark is not all that is missing', async () => {
    const whole = pdf();
    const start = whole.indexOf('startxref');
    for (const end of [start, start + 'startxref\n1'.length]) {
      expect(rulesOf(await inspect('application/pdf', whole.subarray(0, end)))).toEqual(['page.damaged']);
    }
  });

  it('tells an encrypted PDF from a damaged one', async () => {
    expect(rulesOf(await inspect('application/pdf', encryptedPdf()))).toEqual(['pdf.encrypted']);
    expect(rulesOf(await inspect('application/pdf', new TextEncoder().encode('%PDF-1.4 and nothing more')))).toEqual([
      'page.damaged',
    ]);
  });

  it('opens a PDF that only its owner has a password for, and notices that it is encrypted', async () => {
    const modern = await PDFDocument.load(pdf());
    modern.encrypt({ ownerPassword: 'owner', userPassword: '' });
    for (const file of [protectedPdf(), await modern.save({ useObjectStreams: true })]) {
      const result = await inspect('application/pdf', file);
      expect(result).toMatchObject({ sheetCount: 1, facts: [{ rule: 'pdf.protected', severity: 'info' }] });
      const { dominant } = await sharp(result.thumbnail ?? new Uint8Array()).stats();
      expect(dominant.r).toBeGreaterThan(150);
    }
    expect(rulesOf(await inspect('application/pdf', pdf()))).toEqual([]);
  });

  it('caps the picture of a sheet of 200 inches', async () => {
    const picture = await inspection.preview({
      mediaType: 'application/pdf',
      read: () => Promise.resolve(pdf({ sheets: 1, widthPoints: 14_400, heightPoints: 7200 })),
      sheet: 1,
      rotation: 0,
      maxPixels: 1600,
    });
    expect(await sharp(picture ?? new Uint8Array()).metadata()).toMatchObject({ width: 1600, height: 800 });
  });

  it('turns the working view and leaves a sheet that does not exist out', async () => {
    const bytes = await jpeg({ width: 640, height: 320 });
    const job = { mediaType: 'image/jpeg' as const, read: () => Promise.resolve<Uint8Array>(bytes), sheet: 1 };
    const turned = await inspection.preview({ ...job, rotation: 90, maxPixels: 1600 });
    expect(await sharp(turned ?? new Uint8Array()).metadata()).toMatchObject({ width: 320, height: 640 });
    const missing = await inspection.preview({
      mediaType: 'application/pdf',
      read: () => Promise.resolve(pdf({ sheets: 1 })),
      sheet: 2,
      rotation: 0,
      maxPixels: 100,
    });
    expect(missing).toBeNull();
  });

  it('ends a worker that hangs, refuses its job and goes on with the next', async () => {
    const hanging = createInspection({
      workerUrl: new URL('./misbehaving-worker.ts', import.meta.url),
      workers: 1,
      jobTimeoutMs: 3_000,
    });
    const job = (text: string) =>
      hanging.inspect({ mediaType: 'image/png', read: () => Promise.resolve(new TextEncoder().encode(text)) });
    const [hung, next, long] = await Promise.all([job('hang'), job('fine'), job('many sheets')]);
    expect(rulesOf(hung)).toEqual(['page.unreadable']);
    expect(next).toMatchObject({ widthPixels: 7, facts: [] });
    // Four seconds in all, and one for each sheet.
    expect(long).toMatchObject({ widthPixels: 7, facts: [] });
    await hanging.close();
  });

  it('keeps what lives shortly in a worker within a limit, so that memory stays flat over hundreds of pages', async () => {
    const limited = createInspection({
      workerUrl: new URL('./misbehaving-worker.ts', import.meta.url),
      workers: 1,
    });
    const seen = await limited.inspect({
      mediaType: 'image/png',
      read: () => Promise.resolve(new TextEncoder().encode('young heap')),
    });
    expect(seen.widthPixels).toBe(24);
    await limited.close();
  });

  it('tries a page once more when its worker crashes, and refuses it after the second crash', async () => {
    const crashing = createInspection({
      workerUrl: new URL('./misbehaving-worker.ts', import.meta.url),
      workers: 1,
    });
    let reads = 0;
    const read = () => {
      reads += 1;
      return Promise.resolve(new TextEncoder().encode(reads === 1 ? 'crash' : 'fine'));
    };
    expect(await crashing.inspect({ mediaType: 'image/png', read })).toMatchObject({ widthPixels: 7 });
    const crash = new TextEncoder().encode('crash');
    expect(rulesOf(await crashing.inspect({ mediaType: 'image/png', read: () => Promise.resolve(crash) }))).toEqual([
      'page.unreadable',
    ]);
    await crashing.close();
  });

  it('reads no more pages at once than it has workers, and refuses what waits when it closes', async () => {
    const small = createInspection({ workers: 2 });
    const bytes = await jpeg({ width: 200, height: 200 });
    const gates: (() => void)[] = [];
    const read = () =>
      new Promise<Uint8Array>((resolve) => {
        gates.push(() => {
          resolve(bytes);
        });
      });
    const jobs = Array.from({ length: 6 }, () => small.inspect({ mediaType: 'image/jpeg', read }));
    expect(gates).toHaveLength(2);
    for (let job = 0; job < 6; job += 1) {
      gates[job]?.();
      await jobs[job];
      expect(gates.length).toBeLessThanOrEqual(job + 3);
    }
    expect(gates).toHaveLength(6);
    await small.close();
    await expect(small.inspect({ mediaType: 'image/jpeg', read })).rejects.toThrow('closed');
  });

  it('looks at a page that somebody waits for before those that wait already', async () => {
    const small = createInspection({ workers: 1 });
    const bytes = await jpeg({ width: 200, height: 200 });
    const order: string[] = [];
    const look = (name: string, isUrgent: boolean) => {
      const read = (): Promise<Uint8Array> => {
        order.push(name);
        return Promise.resolve(bytes);
      };
      return small.inspect({ mediaType: 'image/jpeg', read, isUrgent });
    };
    await Promise.all([look('running', false), look('waiting', false), look('scanned', true)]);
    expect(order).toEqual(['running', 'scanned', 'waiting']);
    await small.close();
  });

  it('closes at once while a page is still being read, and gives that job up', async () => {
    const small = createInspection({ workers: 1 });
    const bytes = await jpeg({ width: 200, height: 200 });
    await small.inspect({ mediaType: 'image/jpeg', read: () => Promise.resolve<Uint8Array>(bytes) });
    const gate = Promise.withResolvers<Uint8Array>();
    const late = small.inspect({ mediaType: 'image/jpeg', read: () => gate.promise }).then(
      () => 'inspected',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    const closed = small.close();
    gate.resolve(bytes);
    await closed;
    expect(await late).toContain('closed');
  });
});

describe('several threads', () => {
  it('one that starts does not call what another decodes damaged: formats are allowed once for the process', async () => {
    const picture = await jpeg({ width: 24, height: 24 });
    const pair = createInspection({ workerUrl: new URL('slow-to-start-worker.ts', import.meta.url), workers: 2 });
    const look = () => pair.inspect({ mediaType: 'image/jpeg', read: () => Promise.resolve(picture) });
    try {
      expect(rulesOf(await look())).toEqual([]);
      // The second thread starts with the first two jobs at once, and the first one goes on decoding meanwhile.
      const both = await Promise.all(Array.from({ length: 200 }, look));
      expect(both.flatMap((result) => rulesOf(result))).toEqual([]);
    } finally {
      await pair.close();
    }
  });
});
