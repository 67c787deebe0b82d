/** What the build names beside itself is there: an address is relative to the file that says it, and the build moves code between files. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'main');

describe('the build', () => {
  it.skipIf(!existsSync(BUILT))('names only files that are there', () => {
    const named = readdirSync(BUILT, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => {
        const file = join(BUILT, name);
        return [...readFileSync(file, 'utf8').matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g)].map(
          ([, address = '']) => ({ name, address, url: new URL(address, pathToFileURL(file)) }),
        );
      })
      // A worker's source: where it runs as it is. The build names its workers itself.
      .filter(({ address }) => !address.endsWith('.ts'));
    expect(named.map(({ address }) => address)).toEqual(
      expect.arrayContaining(['../../assets/wia/scan.ps1', '../../assets/mrz/reader.json', 'vault-worker.js']),
    );
    expect(named.filter(({ url }) => !existsSync(url)).map(({ name, address }) => `${name}: ${address}`)).toEqual([]);
  });
});
