import { crc32 } from 'node:zlib';

/** Puts `satchel-practice:<decision>` into the bytes of a file so that it stays a valid file of its kind. */
function marker(decision: string): string {
  // The semicolon ends the decision whatever byte follows.
  return `satchel-practice:${decision};`;
}

/** A comment segment (ITU T.81, B.2.4.5) behind the JFIF header, which must stay first. */
export function markJpeg(jpeg: Buffer, decision: string): Buffer {
  const text = Buffer.from(marker(decision), 'latin1');
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), text]);
  segment.writeUInt16BE(text.byteLength + 2, 2);
  const hasJfif = jpeg[2] === 0xff && jpeg[3] === 0xe0;
  const at = hasJfif ? 4 + jpeg.readUInt16BE(4) : 2;
  return Buffer.concat([jpeg.subarray(0, at), segment, jpeg.subarray(at)]);
}

/** A tEXt chunk (PNG specification, 11.3.3.3) behind the header chunk. */
export function markPng(png: Buffer, decision: string): Buffer {
  const data = Buffer.from(`tEXtComment\0${marker(decision)}`, 'latin1');
  const chunk = Buffer.alloc(data.byteLength + 8);
  chunk.writeUInt32BE(data.byteLength - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.byteLength + 4);
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/**
 * A PDF 1.4 with one full-page JPEG per page (ISO 32000-1, 7.5 and 8.9.5): catalog, page tree, and for each page its page,
 * content and image objects, with a cross-reference table.
 */
export function pdfOfJpegs(
  pages: readonly { jpeg: Buffer; widthPixels: number; heightPixels: number }[],
  decision: string,
): Buffer {
  const pageWidthPoints = 595;
  const pageHeightPoints = 842;
  const pieces: Buffer[] = [Buffer.from(`%PDF-1.4\n%\xe2\xe3\xcf\xd3\n% ${marker(decision)}\n`, 'latin1')];
  const offsets: number[] = [];
  let length = pieces[0]?.byteLength ?? 0;
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.byteLength;
  };
  const object = (head: string, stream?: Buffer): void => {
    offsets.push(length);
    add(Buffer.from(`${offsets.length} 0 obj\n${head}\n`, 'latin1'));
    if (stream !== undefined) {
      add(Buffer.from('stream\n', 'latin1'));
      add(stream);
      add(Buffer.from('\nendstream\n', 'latin1'));
    }
    add(Buffer.from('endobj\n', 'latin1'));
  };

  object('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_page, index) => `${3 + index * 3} 0 R`).join(' ');
  object(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  for (const [index, page] of pages.entries()) {
    const number = 3 + index * 3;
    object(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidthPoints} ${pageHeightPoints}] ` +
        `/Resources << /XObject << /Im0 ${number + 2} 0 R >> >> /Contents ${number + 1} 0 R >>`,
    );
    const content = Buffer.from(`q ${pageWidthPoints} 0 0 ${pageHeightPoints} 0 0 cm /Im0 Do Q`, 'latin1');
    object(`<< /Length ${content.byteLength} >>`, content);
    object(
      `<< /Type /XObject /Subtype /Image /Width ${page.widthPixels} /Height ${page.heightPixels} ` +
        `/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${page.jpeg.byteLength} >>`,
      page.jpeg,
    );
  }
  const startOfTable = length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${entries}` +
        `trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${startOfTable}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(pieces);
}
