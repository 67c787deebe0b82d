/**
 * The TypeScript half of the way to WIA, with a shell script in the place of PowerShell that says what assets/wia/scan.ps1 is written
 * to say. The script itself has not run anywhere yet.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWiaDriver, ScanStopped } from '../../../main/scanning/index.ts';
import type { ScannedPage, ScannerDriver, ScanSettings } from '../../../main/scanning/index.ts';
import { WIA_SCRIPT } from '../../../main/scanning/wia-script.ts';
import { pageBytes } from '../../support/escl/pages.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';

const FEEDER: ScanSettings = { source: 'feeder', dpi: 100, colour: 'colour', size: 'a6' };
const ID = '{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0001';
const CAPABILITIES = [
  '{"type":"source","source":"flatbed","dpis":[75,150,300],"range":null,"area":{"width":215.9,"height":297.18}}',
  '{"type":"source","source":"feeder","dpis":[],"range":{"min":50,"max":600,"step":1},"area":{"width":0,"height":0}}',
  '{"type":"end"}',
];

let root: string;

beforeAll(async () => {
  root = makeFolder('wia');
  const page = { page: 1, width: 1240, height: 1748, dpi: 100, density: 100, isGrey: false, mediaType: 'image/jpeg' };
  writeFileSync(join(root, 'page.jpg'), await pageBytes(page));
});
afterAll(() => {
  removeFolder(root);
});

const say = (...lines: readonly string[]): string => lines.map((line) => `printf '%s\\n' '${line}'`).join('\n');
/** Gives one page, as the script does. */
const page = (number: number): string => {
  const name = `p${String(number).padStart(3, '0')}.jpg`;
  return `cp ${join(root, 'page.jpg')} ${name}\n${say(`{"type":"page","file":"${name}"}`)}`;
};
const error = (code: string): string => `${say(`{"type":"error","code":"${code}"}`)}\nexit 1`;
const END = say('{"type":"end"}');

interface Bench {
  readonly driver: ScannerDriver;
  readonly home: string;
  /** Arguments of the last call. */
  readonly asked: () => string;
}

/** A driver whose PowerShell lists one device and runs `script` (sh) to scan. */
function bench(script: string, { list = '', patience = {} } = {}): Bench {
  const home = mkdtempSync(join(root, 'bench-'));
  const program = join(home, 'powershell');
  const devices = say(
    `{"type":"device","id":"${ID.replace('\\', '\\\\')}","vendor":"Canon","model":"DR-C225"}`,
    '{"type":"end"}',
  );
  writeFileSync(
    program,
    `#!/bin/sh
printf '%s\\n' "$@" > ${home}/asked
case "$*" in
  *"-Mode list"*) ${list === '' ? devices : list} ;;
  *"-Mode capabilities"*) ${say(...CAPABILITIES)} ;;
  *) ${script} ;;
esac
`,
  );
  chmodSync(program, 0o755);
  return {
    driver: createWiaDriver({ program, ...patience }),
    home,
    asked: () => readFileSync(join(home, 'asked'), 'utf8'),
  };
}

async function scan(
  { driver, home }: Bench,
  settings: ScanSettings = FEEDER,
  watch: { signal?: AbortSignal; onPage?: (page: ScannedPage) => Promise<void> } = {},
) {
  const folder = mkdtempSync(join(home, 'pages-'));
  const pages: ScannedPage[] = [];
  let state: string | null = null;
  try {
    await driver.scan(ID, settings, folder, {
      signal: watch.signal ?? new AbortController().signal,
      onProgress: () => {},
      onPage: async (taken) => {
        await watch.onPage?.(taken);
        pages.push(taken);
      },
    });
  } catch (failure) {
    if (!(failure instanceof ScanStopped)) throw failure;
    state = failure.state;
  }
  return { pages: pages.map(({ path }) => basename(path)), state, folder, first: pages[0] };
}

describe("Windows' own way to scanners, without Windows", () => {
  it('is not there on another system, and its script is part of the app', () => {
    expect(createWiaDriver().isAvailable()).toBe(process.platform === 'win32');
    const script = readFileSync(WIA_SCRIPT, 'latin1');
    expect(script).toContain('WIA.DeviceManager');
    // Windows PowerShell reads a file without a mark as the system's own code page.
    // eslint-disable-next-line no-control-regex
    expect(script).toMatch(/^[\x00-\x7f]*$/);
    // Where a policy forbids COM objects, nothing that it forbids stands before the script says so.
    expect(script.indexOf('.LanguageMode')).toBeLessThan(script.search(/New-Object|\[Console\]::/));
  });

  it('lists devices and what each source can do', async () => {
    const { driver, asked } = bench(END);
    expect(await driver.list()).toEqual([{ name: ID, vendor: 'Canon', model: 'DR-C225', via: 'WIA' }]);
    const colours = ['colour', 'grey'];
    expect(await driver.capabilities(ID)).toEqual([
      {
        source: 'flatbed',
        resolutions: { kind: 'list', values: [75, 150, 300] },
        colours,
        area: { width: 215.9, height: 297.18 },
        hasFullSize: true,
      },
      {
        source: 'feeder',
        resolutions: { kind: 'range', min: 50, max: 600, step: 1 },
        colours,
        area: null,
        hasFullSize: false,
      },
    ]);
    expect(asked()).toContain(`-Mode\ncapabilities\n-Device\n${ID}\n`);
  });

  it('asks for what was chosen, and hands over one page after the other', async () => {
    const place = bench(`${page(1)}\n${page(2)}\n${END}`);
    const { pages, state } = await scan(place);
    expect([pages, state]).toEqual([['p001.jpg', 'p002.jpg'], null]);
    expect(place.asked()).toContain('-Source\nfeeder\n-Dpi\n100\n-Colour\ncolour\n');
    // A feeder that does not say how far it reaches decides by itself.
    expect(place.asked()).not.toContain('-Width');
    const glass = bench(`${page(1)}\n${END}`);
    const { first } = await scan(glass, { ...FEEDER, source: 'flatbed', dpi: 150 });
    expect(glass.asked()).toContain('-Width\n105.00\n-Height\n148.00\n');
    expect(first?.expectedWidth).toBe(620);
  });

  it('a jam at page 3 hands over pages 1 and 2', async () => {
    const { pages, state } = await scan(bench(`${page(1)}\n${page(2)}\n${error('80210002')}`));
    expect([pages, state]).toEqual([['p001.jpg', 'p002.jpg'], 'paperJam']);
  });

  it.each([
    ['80210003', 'feederEmpty'],
    ['80210005', 'offline'],
    ['80210006', 'busy'],
    ['80210009', 'offline'],
    ['8021000C', 'unsupported'],
    ['80210016', 'coverOpen'],
    ['80210020', 'multiFeed'],
    ['80070005', 'accessDenied'],
    ['80070057', 'unsupported'],
    ['80004005', 'deviceError'],
  ])('%s is told as %s', async (code, state) => {
    expect((await scan(bench(error(code)))).state).toBe(state);
  });

  it('stops between two pages when it is asked to', async () => {
    const stop = new AbortController();
    const wait = 'while [ ! -e stop ]; do sleep 0.05; done';
    const place = bench(`${page(1)}\n${wait}\n${END}`);
    const { pages, state, folder } = await scan(place, FEEDER, {
      signal: stop.signal,
      onPage: () => {
        stop.abort();
        return Promise.resolve();
      },
    });
    expect([pages, state, existsSync(join(folder, 'stop'))]).toEqual([['p001.jpg'], 'cancelled', true]);
  });

  it('ends a program that hangs, in a scan and in a question', async () => {
    const patience = { stopPatienceMs: 200, silenceMs: 300 };
    const { pages, state } = await scan(bench(`${page(1)}\nexec sleep 60`, { patience }));
    expect([pages, state]).toEqual([['p001.jpg'], 'deviceError']);
    await expect(bench('', { list: 'exec sleep 60', patience }).driver.list()).rejects.toMatchObject({
      state: 'deviceError',
    });
  });

  it('ends with the error of a page that could not be taken', async () => {
    const refusal = new Error('no room');
    const scanned = scan(bench(`${page(1)}\nwhile [ ! -e stop ]; do sleep 0.05; done\n${END}`), FEEDER, {
      onPage: () => Promise.reject(refusal),
    });
    await expect(scanned).rejects.toBe(refusal);
  });

  it('takes nothing that it was not told in the agreed way', async () => {
    const noise = say(
      'Hello',
      '{"type":"page","file":"..\\\\..\\\\x.jpg"}',
      '{"type":"page","file":"/etc/passwd"}',
      'null',
    );
    expect(await scan(bench(`${noise}\n${END}`))).toMatchObject({ pages: [], state: 'deviceError' });
    // PowerShell that may not run the script says so in words, and ends.
    expect((await scan(bench('echo "cannot be loaded because running scripts is disabled" >&2\nexit 1'))).state).toBe(
      'deviceError',
    );
  });
});
