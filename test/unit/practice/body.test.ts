import { createHash } from 'node:crypto';
import { array, assert, boolean, jsonValue, nat, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyReader, BodyTooLarge, fileOf, isReceivedFile, nestFields } from '../../../main/practice/body.ts';
import { digestBase64, DigestSink, sniffMediaType } from '../../../main/practice/files.ts';

function read(bytes: Buffer, cuts: readonly number[], contentType = 'application/json') {
  const reader = new BodyReader({ contentType, maximumBytes: 10_000_000, nonce: 'nonce ' });
  let from = 0;
  for (const cut of [...new Set(cuts.map((cut) => cut % (bytes.byteLength + 1)))].sort((a, b) => a - b)) {
    reader.write(bytes.subarray(from, cut));
    from = cut;
  }
  reader.write(bytes.subarray(from));
  return reader.end();
}

/** Files back to the hash of their bytes, so that a reading can be compared with a plain JSON.parse. */
function withHashes(value: unknown): unknown {
  if (isReceivedFile(value)) return value.digest.sha256;
  if (Array.isArray(value)) return value.map(withHashes);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withHashes(inner)]));
  }
  return value;
}

test('a body over its limit is refused while it arrives', () => {
  const reader = new BodyReader({ contentType: 'application/json', maximumBytes: 10, nonce: 'nonce ' });
  reader.write(Buffer.from('"12345678'));
  expect(() => {
    reader.write(Buffer.from('9"'));
  }).toThrow(BodyTooLarge);
});

describe('a JSON body', () => {
  test('reads the same however it is cut, and as the engine reads it', () => {
    assert(
      property(jsonValue(), array(nat(), { maxLength: 8 }), (value, cuts) => {
        const text = JSON.stringify(value);
        const { body, fingerprint } = read(Buffer.from(text), cuts);
        const plain: unknown = JSON.parse(text);
        expect(body).toEqual({ form: 'json', value: plain });
        expect(fingerprint).toBe(createHash('sha256').update(text).digest('hex'));
      }),
    );
  });

  test('takes long base64 out as a hash, with and without escaped slashes, however it is cut', () => {
    assert(
      property(
        uint8Array({ minLength: 7000, maxLength: 9000 }),
        boolean(),
        array(nat(), { maxLength: 6 }),
        (bytes, isEscaped, cuts) => {
          const base64 = Buffer.from(bytes).toString('base64');
          const contents = isEscaped ? base64.replaceAll('/', '\\/') : base64;
          const text = `{"before":"a \\"quoted\\" text","contents":"${contents}","after":[1,2]}`;
          const { body } = read(Buffer.from(text), cuts);
          if (body.form !== 'json') throw new Error(body.form);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          const received = withHashes(body.value);
          expect(received).toMatchObject({ before: 'a "quoted" text', after: [1, 2] });
          // A short string stays text; what is asked for is the same either way.
          const contentsField: unknown = Reflect.get(Object(body.value), 'contents');
          const file = fileOf(contentsField);
          expect(file?.digest).toMatchObject({ sha256, byteLength: bytes.byteLength, isBase64: true });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('that is cut off or wrong is broken, not an exception', () => {
    for (const text of ['{', '{"a":"b', '[1,]', '{"a":1}}']) {
      expect(read(Buffer.from(text), []).body.form).toBe('broken');
    }
    expect(read(Buffer.alloc(0), []).body.form).toBe('none');
  });
});

test('form data reads the same however it is cut', () => {
  const file = Buffer.from('\xff\xd8\xff content\r\n--not the boundary\r\n', 'latin1');
  const bytes = Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'),
    Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="f"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
    ),
    file,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const sha256 = createHash('sha256').update(file).digest('hex');
  for (let cut = 0; cut <= bytes.byteLength; cut += 1) {
    const { body } = read(bytes, [cut], 'multipart/form-data; boundary="b"');
    expect(body.form === 'multipart' ? withHashes(body.value) : body).toEqual({ a: '1', f: sha256 });
  }
  expect(read(bytes.subarray(0, -6), [], 'multipart/form-data; boundary=b').body.form).toBe('broken');
});

test('bracketed names nest, and none of them reaches a prototype', () => {
  const fields = [
    { name: 'data[attributes][kind]', value: 'k' },
    { name: 'data[attributes][files][]', value: 'one' },
    { name: 'data[attributes][files][]', value: 'two' },
    { name: '__proto__[polluted]', value: 'yes' },
    { name: 'plain', value: 'p' },
  ];
  const nested = nestFields(fields);
  expect(nested).toMatchObject({ data: { attributes: { kind: 'k', files: ['one', 'two'] } }, plain: 'p' });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

describe('a file', () => {
  test('shows its decision wherever the marker lies and however it is cut', () => {
    const before = Buffer.alloc(300, 'satchel-');
    const bytes = Buffer.concat([before, Buffer.from('satchel-practice:reject=BLACK_AND_WHITE;rest')]);
    for (let cut = 0; cut <= bytes.byteLength; cut += 1) {
      const sink = new DigestSink();
      sink.write(bytes.subarray(0, cut));
      sink.write(bytes.subarray(cut));
      expect(sink.end().decision).toBe('reject=BLACK_AND_WHITE');
    }
    const none = new DigestSink();
    none.write(Buffer.from('satchel-practice'));
    expect(none.end().decision).toBeNull();
  });

  test.each([
    ['aGVsbG8=', true, 5],
    ['aGVsbG8', false, 3],
    ['aGVs bG8=', false, 5],
    ['', true, 0],
    ['data:image/png;base64,aGVsbG8=', true, 5],
    ['aGk=aGk=', false, 2],
  ])('base64 %j', (text, isBase64, byteLength) => {
    const digest = digestBase64(text);
    expect(digest.isBase64).toBe(isBase64);
    expect(digest.hasDataPrefix).toBe(text.startsWith('data:'));
    expect(digest.byteLength).toBe(byteLength);
  });

  test.each([
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['%PDF-1.7', 'application/pdf'],
    ['II*\0', 'image/tiff'],
    ['RIFF0000WEBP', 'image/webp'],
    ['\0\0\0\x18ftypheic', 'image/heic'],
    ['hello', 'application/octet-stream'],
  ])('%j is %s', (head, mediaType) => {
    expect(sniffMediaType(Buffer.from(head, 'latin1'))).toBe(mediaType);
  });
});
