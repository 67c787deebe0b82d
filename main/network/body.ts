import type { HttpBody, HttpRequest } from './port.ts';

/** Largest piece that goes to a socket at once: small enough that progress, silence and back-pressure are noticed. */
const PIECE_BYTES = 65_536;

/** A body gave another number of bytes than it had announced; the request cannot be whole. Carries no content. */
export class BodyLengthMismatch extends Error {
  constructor(announcedBytes: number, givenBytes: number) {
    super(`a body announced ${announcedBytes} bytes and gave ${givenBytes}`);
    this.name = 'BodyLengthMismatch';
  }
}

/** A body that is already in memory. The bytes are not copied: they must not change while a request is under way. */
export function bytesBody(bytes: Uint8Array): HttpBody {
  return {
    byteLength: bytes.byteLength,
    async *stream() {
      yield* [bytes];
    },
  };
}

export function textBody(text: string): HttpBody {
  return bytesBody(Buffer.from(text, 'utf8'));
}

/** Cuts what a body gives into pieces of at most `PIECE_BYTES`, leaving out empty ones. Nothing is copied. */
export async function* smallPieces(body: HttpBody): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of body.stream()) {
    for (let start = 0; start < piece.byteLength; start += PIECE_BYTES) {
      yield piece.subarray(start, start + PIECE_BYTES);
    }
  }
}

/**
 * The body of one request on its way out, the same for every implementation of the port.
 *
 * The last piece is held back until the body has proved whole (it gave exactly the bytes it announced) and
 * `beforeLastByte` has returned. So a source that fails, or ends early, can never complete a request, and whoever wrote
 * down "the provider may have it" did so before it became true.
 */
export class OutgoingBody {
  /** True from the moment `beforeLastByte` has run: the last byte is leaving, or has left. */
  isCommitted = false;
  /** What the source or `beforeLastByte` threw, to be given to the caller as it is. */
  sourceError: unknown = null;
  readonly #body: HttpBody | null;
  readonly #request: Pick<HttpRequest, 'beforeLastByte' | 'onProgress'>;
  readonly #onActivity: () => void;
  #isStopped = false;

  constructor(
    body: HttpBody | null,
    request: Pick<HttpRequest, 'beforeLastByte' | 'onProgress'>,
    onActivity: () => void = () => {},
  ) {
    this.#body = body !== null && body.byteLength > 0 ? body : null;
    this.#request = request;
    this.#onActivity = onActivity;
  }

  /** 0 for a request without a body. */
  get byteLength(): number {
    return this.#body?.byteLength ?? 0;
  }

  /** After this no further byte leaves and `beforeLastByte` is never called. */
  stop(): void {
    this.#isStopped = true;
  }

  /** For a request without a body: call when the connection stands, before the request line leaves. */
  commitWithoutBody(): void {
    this.#commit();
  }

  /** Pieces for the socket; ask for the next one only when the one before has left, because its memory is used again. */
  async *pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    const body = this.#body;
    if (body === null) return;
    let givenBytes = 0;
    let last: Uint8Array | null = null;
    try {
      for await (const piece of smallPieces(body)) {
        givenBytes += piece.byteLength;
        if (givenBytes > body.byteLength) throw new BodyLengthMismatch(body.byteLength, givenBytes);
        if (givenBytes === body.byteLength) last = piece;
        else {
          if (this.#isStopped) return;
          yield piece;
          this.#report(givenBytes);
        }
      }
      if (last === null) throw new BodyLengthMismatch(body.byteLength, givenBytes);
      if (this.#isStopped) return;
      this.#commit();
    } catch (error) {
      this.sourceError ??= error;
      throw error;
    }
    yield last;
    this.#report(givenBytes);
  }

  #commit(): void {
    try {
      this.#request.beforeLastByte?.();
    } catch (error) {
      this.sourceError = error;
      throw error;
    }
    this.isCommitted = true;
  }

  #report(sentBytes: number): void {
    this.#onActivity();
    if (!this.#isStopped) this.#request.onProgress?.(sentBytes);
  }
}
