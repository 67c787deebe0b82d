import { PDFiumLibrary } from '@hyzyla/pdfium';
import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { MANIFEST_COLUMNS, parseManifest } from '../../../main/capture/manifest-rows.ts';
import { DigestSink, mediaTypeOfName } from '../../../main/practice/files.ts';
import { manifest, SAMPLES } from '../../../scripts/samples/catalogue.ts';
import { drawSample } from '../../../scripts/samples/draw.ts';
import { cardZone, passportZone } from '../../../scripts/samples/mrz.ts';
import { checkDigit } from '../../../shared/mrz/index.ts';
import { Subject } from '../../../shared/domain/subject.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { isCountry } from '../../../shared/rules/index.ts';
import { sample as readSample, SAMPLES_FOLDER } from '../../support/samples.ts';
import { drawing } from '../../support/vectors.ts';

const flows = [...practiceFlows('persona'), ...practiceFlows('personr')];

async function sizeOf(bytes: Buffer, file: string): Promise<string> {
  if (!file.endsWith('.pdf')) {
    const { width, height, format } = await sharp(bytes).metadata();
    return `${format} ${width} × ${height}`;
  }
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(bytes);
    const pages = [...document.pages()].map((page) => {
      const { originalWidth, originalHeight } = page.getOriginalSize();
      return `${originalWidth} × ${originalHeight}`;
    });
    document.destroy();
    return `pdf ${pages.join(', ')}`;
  } finally {
    library.destroy();
  }
}

describe('every sample', () => {
  test.each(SAMPLES.map((sample) => [sample.file, sample] as const))(
    '%s is what its name says, carries its decision and is what the script draws',
    async (file, sample) => {
      const committed = await readSample(file);
      const draw = () => drawing(() => drawSample(sample));
      const drawn = await draw();
      const sink = new DigestSink();
      sink.write(committed);
      const digest = sink.end();
      expect([digest.decision, digest.mediaType]).toEqual([sample.decision, mediaTypeOfName(file)]);
      expect(committed.byteLength).toBeGreaterThan(50_000);
      expect(committed.byteLength).toBeLessThan(600_000);
      // Letters are drawn with the machine's fonts, so the bytes may differ from machine to machine; sizes may not.
      expect(await sizeOf(drawn, file)).toBe(await sizeOf(committed, file));
      expect((await draw()).equals(drawn)).toBe(true);
    },
  );

  test('decodes without a complaint, all together under 3 MB', async () => {
    let total = 0;
    for (const { file } of SAMPLES) {
      const bytes = await readSample(file);
      total += bytes.byteLength;
      if (!file.endsWith('.pdf')) await sharp(bytes, { failOn: 'warning' }).stats();
    }
    expect(total).toBeLessThan(3_000_000);
  });

  test('is a picture of its own: a provider takes the same bytes twice for the same scan', async () => {
    const files = await Promise.all(SAMPLES.map(({ file }) => readSample(file)));
    expect(new Set(files.map((bytes) => bytes.toString('base64'))).size).toBe(SAMPLES.length);
  });

  test('that comes back has a new scan of every side of its document', () => {
    for (const { person, row } of SAMPLES.filter(({ decision }) => /^(errored|reject)/.test(decision))) {
      const isSameDocument = (other: (typeof SAMPLES)[number]) =>
        other.person.customer === person.customer && other.row?.requirement === row?.requirement;
      const scans = SAMPLES.filter((other) => other.person.customer === person.customer && other.row === null);
      expect([person.customer, scans.length]).toEqual([person.customer, SAMPLES.filter(isSameDocument).length]);
    }
  });

  test('is named in the catalogue: nothing else lies in the folder', async () => {
    const entries = await readdir(SAMPLES_FOLDER, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('//', '/').slice(SAMPLES_FOLDER.length + 1));
    expect(files.sort()).toEqual(['manifest.csv', ...SAMPLES.map(({ file }) => file)].sort());
  });
});

describe('the manifest', () => {
  test('is the committed one, and the importer reads it without a problem', async () => {
    const text = (await readSample('manifest.csv')).toString('utf8');
    expect(text).toBe(manifest());
    const { rows, problems } = await parseManifest(Buffer.from(text), () => Promise.resolve());
    expect(problems).toEqual([]);
    expect(text.split('\n')[0]).toBe(MANIFEST_COLUMNS.join(','));
    expect(new Set(rows.map((row) => row.customer)).size).toBe(6);
  });

  test('fills every requirement of its flow, on both sides, with fields that the app takes', () => {
    const customers = Map.groupBy(
      SAMPLES.filter(({ row }) => row !== null),
      ({ person }) => person,
    );
    for (const [person, samples] of customers) {
      const flow = flows.find(({ id }) => id === samples[0]?.row?.flow);
      const filled = samples.map(({ row }) => `${row?.requirement}/${row?.documentType}/${row?.side}`);
      const wanted = (flow?.requirements ?? []).flatMap((requirement) => {
        const type = samples.find(({ row }) => row?.requirement === requirement.id)?.row?.documentType;
        const accepted = requirement.accepts.find((option) => option.documentType === type);
        return (accepted?.sides ?? ['missing']).map((side) => `${requirement.id}/${type}/${side}`);
      });
      expect(filled).toEqual(wanted);
      const { givenNames: givenName, familyName, birthDate, country, email, phone, reference } = person;
      const { documentNumber, expiryDate: documentExpiryDate } = person;
      const subject = {
        givenName,
        familyName,
        birthDate,
        documentNumber,
        documentExpiryDate,
        country,
        email,
        phone,
        reference,
      };
      expect(Subject.parse(subject)).toMatchObject(subject);
      expect(isCountry(country)).toBe(true);
    }
  });
});

describe('machine-readable zones', () => {
  const anna = {
    givenNames: 'Anna Maria',
    familyName: 'Eriksson',
    birthDate: '1974-08-12',
    sex: 'F',
    expiryDate: '2012-04-15',
  } as const;

  test('have the check digits of the examples in ICAO Doc 9303', () => {
    expect(checkDigit('520727')).toBe('3');
    expect(checkDigit('AB2134<<<')).toBe('5');
    expect(passportZone({ ...anna, documentNumber: 'L898902C3' })).toEqual([
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      // The example has a personal number; without one the field is empty and the last digit another.
      'L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<8',
    ]);
    expect(cardZone({ ...anna, documentNumber: 'D23145890' })).toEqual([
      'I<UTOD231458907<<<<<<<<<<<<<<<',
      '7408122F1204159UTO<<<<<<<<<<<6',
      'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    ]);
  });
});
