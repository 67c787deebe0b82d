import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule } from 'zxing-wasm/writer';

const require = createRequire(import.meta.url);

let preparing: Promise<unknown> | undefined;

async function prepare(): Promise<void> {
  const file = await readFile(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true });
}

/** Makes `writeBarcode` of zxing-wasm ready: as the reader in main/inspection/codes out of the package, never from a network. */
export async function prepareWriter(): Promise<void> {
  preparing ??= prepare();
  await preparing;
}
