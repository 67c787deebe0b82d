import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../main/headless/index.ts';
import { saveSeparators, separatorSheets } from '../../../main/separators/index.ts';

describe('separator sheets', () => {
  it('are two equal pages of A4 for each sheet of paper, without a date or a name in the file', async () => {
    const pdf = await PDFDocument.load(await separatorSheets({ count: 3, language: 'de' }), { updateMetadata: false });
    const pages = pdf.getPages();
    expect(pages).toHaveLength(6);
    expect(pages[0]?.getSize()).toEqual({ width: 595.28, height: 841.89 });
    expect([pdf.getProducer(), pdf.getCreationDate(), pdf.getAuthor()]).toEqual([undefined, undefined, undefined]);
  });

  it('say so when they cannot be written', async () => {
    await expect(saveSeparators('/nonexistent/x.pdf', { count: 1, language: 'en' })).rejects.toMatchObject({
      failure: { message: { code: 'separator.notWritable' } },
    });
  });

  it('come from the command line, and a number that is none is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'satchel-separators-'));
    try {
      const out = join(folder, 'sheets.pdf');
      expect(await runCommandLine(['separators', '--out', out, '--count', '2', '--language', 'de'])).toBe(0);
      expect((await PDFDocument.load(readFileSync(out))).getPageCount()).toBe(4);
      expect(await runCommandLine(['separators', '--out', out, '--count', '0'])).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
