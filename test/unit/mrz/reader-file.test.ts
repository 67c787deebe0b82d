import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readNetworks } from '../../../main/inspection/mrz/reader-file.ts';

describe('the network file', () => {
  const file = new URL('../../../assets/mrz/reader.json', import.meta.url);

  it('is the one that was trained, and smaller than 300 kB', () => {
    expect(() => readNetworks(file)).not.toThrow();
    expect(readFileSync(file).byteLength).toBeLessThan(300_000);
  });

  it('is refused when a byte of it changed', () => {
    const File = z.looseObject({ networks: z.array(z.looseObject({ data: z.string() })).nonempty() });
    const about = File.parse(JSON.parse(readFileSync(file, 'utf8')));
    const at = 5000;
    const damaged = about.networks.map(({ data, ...network }) => ({
      ...network,
      data: data.slice(0, at) + (data[at] === 'A' ? 'B' : 'A') + data.slice(at + 1),
    }));
    const changed = { ...about, networks: [...about.networks.slice(0, -1), ...damaged.slice(-1)] };
    const folder = mkdtempSync(join(tmpdir(), 'satchel-mrz-'));
    const copy = join(folder, 'reader.json');
    writeFileSync(copy, JSON.stringify(changed));
    expect(() => readNetworks(pathToFileURL(copy))).toThrow(/damaged/);
    writeFileSync(copy, JSON.stringify(about));
    expect(() => readNetworks(pathToFileURL(copy))).not.toThrow();
    rmSync(folder, { recursive: true });
  });
});
