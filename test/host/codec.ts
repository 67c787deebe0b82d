// Functions injected as source text must hold all they need, and can import no helper for what they read.
// oxlint-disable unicorn/consistent-function-scoping, typescript/no-unsafe-type-assertion

/**
 * A stand-in for the structured clone between main and renderer, over a channel that carries text.
 * `createCodec` is also injected into the page as source text, so it must stay self-contained.
 */

/** Text codec for structured-cloneable values. `encode` throws "An object could not be cloned." as Electron does. */
export interface Codec {
  encode: (value: unknown) => string;
  decode: (text: string) => unknown;
}

/** How this side turns bytes into base64 and back (Node and the page have different means). */
export interface Base64 {
  encode: (bytes: Uint8Array) => string;
  decode: (text: string) => Uint8Array;
}

/** Makes a codec. Cycles and shared references survive; class instances become plain objects; functions are refused. */
export function createCodec(base64: Base64): Codec {
  const VIEWS = new Map<string, (buffer: ArrayBuffer) => ArrayBufferView>([
    ['Int8Array', (buffer) => new Int8Array(buffer)],
    ['Uint8Array', (buffer) => new Uint8Array(buffer)],
    ['Uint8ClampedArray', (buffer) => new Uint8ClampedArray(buffer)],
    ['Int16Array', (buffer) => new Int16Array(buffer)],
    ['Uint16Array', (buffer) => new Uint16Array(buffer)],
    ['Int32Array', (buffer) => new Int32Array(buffer)],
    ['Uint32Array', (buffer) => new Uint32Array(buffer)],
    ['Float32Array', (buffer) => new Float32Array(buffer)],
    ['Float64Array', (buffer) => new Float64Array(buffer)],
    ['BigInt64Array', (buffer) => new BigInt64Array(buffer)],
    ['BigUint64Array', (buffer) => new BigUint64Array(buffer)],
    ['DataView', (buffer) => new DataView(buffer)],
  ]);
  const ERRORS = new Map<string, new (message: string) => Error>([
    ['EvalError', EvalError],
    ['RangeError', RangeError],
    ['ReferenceError', ReferenceError],
    ['SyntaxError', SyntaxError],
    ['TypeError', TypeError],
    ['URIError', URIError],
  ]);

  function encode(value: unknown): string {
    // Composite values live in `heap` and are referred to by index, which keeps identity and allows cycles.
    const heap: unknown[][] = [];
    const indexes = new Map<object, number>();

    function refuse(): never {
      throw new Error('An object could not be cloned.');
    }

    function cell(item: unknown): unknown {
      switch (typeof item) {
        case 'string':
        case 'boolean':
          return item;
        case 'number':
          return Number.isFinite(item) && !Object.is(item, -0)
            ? item
            : ['n', Object.is(item, -0) ? '-0' : String(item)];
        case 'undefined':
          return ['u'];
        case 'bigint':
          return ['i', item.toString()];
        case 'object':
          return item === null ? null : ['r', indexes.get(item) ?? composite(item)];
        case 'function':
        case 'symbol':
        default:
          return refuse();
      }
    }

    function composite(item: object): number {
      const index = heap.length;
      const node: unknown[] = [];
      heap.push(node);
      indexes.set(item, index);
      const kind = Object.prototype.toString.call(item).slice(8, -1);
      if (Array.isArray(item)) {
        node.push('A');
        for (const entry of item) node.push(cell(entry));
      } else if (item instanceof Map) {
        node.push('M');
        for (const [key, entry] of item) node.push(cell(key), cell(entry));
      } else if (item instanceof Set) {
        node.push('S');
        for (const entry of item) node.push(cell(entry));
      } else if (item instanceof Date) node.push('D', cell(item.getTime()));
      else if (item instanceof RegExp) node.push('X', item.source, item.flags);
      else if (item instanceof Error) {
        node.push('E', ERRORS.has(item.name) ? item.name : 'Error', item.message, item.stack ?? '');
        if ('cause' in item) node.push(cell(item.cause));
      } else if (ArrayBuffer.isView(item)) {
        // A Node Buffer arrives as a Uint8Array, as it does through Electron.
        const view = VIEWS.has(kind) ? kind : refuse();
        node.push('T', view, base64.encode(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)));
      } else if (item instanceof ArrayBuffer) node.push('B', base64.encode(new Uint8Array(item)));
      else if (kind === 'Object') {
        node.push('O');
        for (const [key, entry] of Object.entries(item)) node.push(key, cell(entry));
      } else refuse();
      return index;
    }

    const root = cell(value);
    return JSON.stringify([root, heap]);
  }

  function decode(text: string): unknown {
    const [root, heap] = JSON.parse(text) as [unknown, unknown[][]];
    const made = new Map<number, unknown>();

    function cell(item: unknown): unknown {
      if (!Array.isArray(item)) return item;
      switch (item[0]) {
        case 'u':
          return undefined;
        case 'n':
          return Number(item[1]);
        case 'i':
          return BigInt(String(item[1]));
        default:
          return composite(Number(item[1]));
      }
    }

    function bytes(item: unknown): ArrayBuffer {
      const decoded = base64.decode(String(item));
      const exact = new Uint8Array(decoded.byteLength);
      exact.set(decoded);
      return exact.buffer;
    }

    function composite(index: number): unknown {
      if (made.has(index)) return made.get(index);
      const node = heap[index] ?? [];
      const keep = <T>(item: T): T => {
        made.set(index, item);
        return item;
      };
      switch (node[0]) {
        case 'A': {
          const array = keep<unknown[]>([]);
          for (let at = 1; at < node.length; at += 1) array.push(cell(node[at]));
          return array;
        }
        case 'M': {
          const map = keep(new Map<unknown, unknown>());
          for (let at = 1; at < node.length; at += 2) map.set(cell(node[at]), cell(node[at + 1]));
          return map;
        }
        case 'S': {
          const set = keep(new Set<unknown>());
          for (let at = 1; at < node.length; at += 1) set.add(cell(node[at]));
          return set;
        }
        case 'D':
          return keep(new Date(Number(cell(node[1]))));
        case 'X':
          return keep(new RegExp(String(node[1]), String(node[2])));
        case 'E': {
          const Constructor = ERRORS.get(String(node[1])) ?? Error;
          const error = keep(new Constructor(String(node[2])));
          Object.defineProperty(error, 'stack', { value: node[3], writable: true, configurable: true });
          if (node.length > 4) Object.defineProperty(error, 'cause', { value: cell(node[4]), configurable: true });
          return error;
        }
        case 'T':
          return keep(VIEWS.get(String(node[1]))?.(bytes(node[2])));
        case 'B':
          return keep(bytes(node[1]));
        default: {
          const object = keep<Record<string, unknown>>({});
          for (let at = 1; at < node.length; at += 2) {
            // defineProperty, so that a key called __proto__ stays an ordinary key.
            const value = cell(node[at + 1]);
            Object.defineProperty(object, String(node[at]), {
              value,
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return object;
        }
      }
    }

    return cell(root);
  }

  return { encode, decode };
}

/** The codec of the main side. */
export const codec: Codec = createCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => Buffer.from(text, 'base64'),
});
