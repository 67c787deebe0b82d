import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Base64Content,
  BodyLengthMismatch,
  OutgoingBody,
  base64Body,
  bytesBody,
  jsonBody,
  multipartForm,
} from '../../../main/network/index.ts';
import type { HttpBody } from '../../../main/network/index.ts';

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(Uint8Array.from(piece));
  return Buffer.concat(all);
}

/** A body in the given pieces, announcing `announced` bytes (by default the truth). */
function piecesBody(pieces: readonly Uint8Array[], announced?: number): HttpBody {
  return {
    byteLength: announced ?? pieces.reduce((total, piece) => total + piece.byteLength, 0),
    async *stream() {
      yield* pieces;
    },
  };
}

describe('base64 while sending', () => {
  it('is the same as encoding all at once, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 12 }), async (pieces) => {
        const body = base64Body(piecesBody(pieces));
        const text = (await collect(body.stream())).toString('latin1');
        expect(text).toBe(Buffer.concat(pieces).toString('base64'));
        expect(body.byteLength).toBe(text.length);
      }),
    );
  });

  it.each([49_151, 49_152, 49_153, 98_304, 200_001])(
    'is right around its own buffer borders: %i bytes, in uneven pieces',
    async (length) => {
      const bytes = Buffer.alloc(length, 1).map((_, index) => (index * 31) % 256);
      const pieces = [
        bytes.subarray(0, 1),
        bytes.subarray(1, 49_152),
        bytes.subarray(49_152, 65_537),
        bytes.subarray(65_537),
      ];
      const text = (await collect(base64Body(piecesBody(pieces)).stream())).toString('latin1');
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
    },
  );

  it('takes one buffer for a whole page, however long it is, beside that of the rest', async () => {
    const page = piecesBody(Array.from({ length: 20 }, () => Buffer.alloc(262_144)));
    const memory = new Set<ArrayBufferLike>();
    for await (const piece of base64Body(page).stream()) memory.add(piece.buffer);
    expect(memory.size).toBe(2);
  });

  it('can be produced again from the start with the same bytes', async () => {
    const body = jsonBody({ a: [new Base64Content(bytesBody(Buffer.from('page'))), 'é"\n', null, 3, true], 'b-c': {} });
    const first = await collect(body.stream());
    expect(first.equals(await collect(body.stream()))).toBe(true);
    expect(first.length).toBe(body.byteLength);
    expect(JSON.parse(first.toString('utf8'))).toEqual({
      a: [Buffer.from('page').toString('base64'), 'é"\n', null, 3, true],
      'b-c': {},
    });
  });

  it('notices two files whose wrong lengths cancel out', async () => {
    const body = jsonBody([
      new Base64Content(piecesBody([Buffer.alloc(4)], 3)),
      new Base64Content(piecesBody([Buffer.alloc(2)], 3)),
    ]);
    await expect(collect(body.stream())).rejects.toBeInstanceOf(BodyLengthMismatch);
  });
});

describe('the last piece of a request', () => {
  it('leaves only after beforeLastByte has run, and every other piece before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 9 }),
        async (pieces) => {
          const total = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
          let calls = 0;
          const outgoing = new OutgoingBody(piecesBody(pieces), { beforeLastByte: () => void (calls += 1) });
          let left = 0;
          for await (const piece of outgoing.pieces()) {
            left += piece.byteLength;
            expect(calls).toBe(left === total ? 1 : 0);
          }
          expect(left).toBe(total);
        },
      ),
    );
  });

  it('is what it was when it came, and so is every other, although all lie in the same memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1 }), async (pieces) => {
        const whole = Buffer.concat(pieces);
        const memory = Buffer.alloc(40);
        const body: HttpBody = {
          byteLength: whole.byteLength,
          async *stream() {
            for (const piece of pieces) {
              memory.set(piece);
              yield memory.subarray(0, piece.byteLength);
            }
          },
        };
        expect((await collect(new OutgoingBody(body, {}).pieces())).equals(whole)).toBe(true);
      }),
    );
  });

  it('is a small one even when the body comes in one piece', async () => {
    const outgoing = new OutgoingBody(bytesBody(Buffer.alloc(1_000_000)), {});
    let beforeCommit = 0;
    for await (const piece of outgoing.pieces()) if (!outgoing.isCommitted) beforeCommit += piece.byteLength;
    expect(beforeCommit).toBeGreaterThan(900_000);
  });

  it.each([
    ['short', 11],
    ['long', 9],
  ])('never leaves when the body is too %s', async (_name, announced) => {
    let isCommitted = false;
    const outgoing = new OutgoingBody(piecesBody([Buffer.alloc(5), Buffer.alloc(5)], announced), {
      beforeLastByte: () => void (isCommitted = true),
    });
    let left = 0;
    const send = async (): Promise<void> => {
      for await (const piece of outgoing.pieces()) left += piece.byteLength;
    };
    await expect(send()).rejects.toBeInstanceOf(BodyLengthMismatch);
    expect(isCommitted).toBe(false);
    expect(left).toBeLessThan(announced);
  });

  it('never leaves when what must be durable before it fails', async () => {
    const outgoing = new OutgoingBody(bytesBody(Buffer.from('x')), {
      beforeLastByte: () => {
        throw new Error('disk full');
      },
    });
    await expect(collect(outgoing.pieces())).rejects.toThrow('disk full');
    expect(outgoing.isCommitted).toBe(false);
  });

  it('never leaves once the request was given up', async () => {
    let calls = 0;
    const outgoing = new OutgoingBody(piecesBody([Buffer.from('a'), Buffer.from('b')]), {
      beforeLastByte: () => void (calls += 1),
    });
    const pieces = outgoing.pieces();
    expect((await pieces.next()).value).toEqual(Buffer.from('a'));
    outgoing.stop();
    expect((await pieces.next()).done).toBe(true);
    expect(calls).toBe(0);
  });
});

describe('a multipart form', () => {
  it('is read back by an independent parser', async () => {
    const fields: [string, string][] = [
      ['email', 'ana@example.invalid'],
      ['nameFirst', 'Zoë "Z"\r\nline'],
      ['externalUserId', '["a-b"]'],
    ];
    const { contentType, body } = multipartForm(fields, '0195-key');
    const bytes = await collect(body.stream());
    expect(bytes.length).toBe(body.byteLength);
    const parsed = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': contentType } }).formData();
    expect([...parsed.entries()]).toEqual(fields);
  });

  it('has the same bytes each time, and a boundary that no value contains', async () => {
    const first = multipartForm([['a', 'satchel-k']], 'k');
    const second = multipartForm([['a', 'satchel-k']], 'k');
    expect(first.contentType).toBe(second.contentType);
    expect(first.contentType).toContain('boundary=satchel-k-x');
    expect((await collect(first.body.stream())).equals(await collect(second.body.stream()))).toBe(true);
  });
});
