import { constants, accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import type { SourceCapabilities } from '../../../shared/domain/index.ts';
import { createAnswers } from '../answers.ts';
import { createHandOver } from '../hand-over.ts';
import { ScanStopped } from '../port.ts';
import type { Device, ScannerDriver, ScanSettings, ScanWatch } from '../port.ts';
import { followPage } from './growing-page.ts';
import type { GrowingPage } from './growing-page.ts';
import { parseOptions } from './options.ts';
import type { DeviceOption } from './options.ts';
import { runScanimage } from './run.ts';
import type { Patience } from '../program.ts';
import { capabilitiesOf, duplexByOption, namedSources, settingArgs } from './sources.ts';
import type { SaneSource } from './sources.ts';
import { stateOf } from './status.ts';
import type { Ending } from './status.ts';

/** Looking for devices asks the network too: measured at 3.5 s with Debian's usual backends. */
const ANSWER_PATIENCE_MS = 60_000;
const LIST_FORMAT = '%v\t%m\t%t\t%d%n';
/** Webcams, which SANE lists among the scanners. */
const NO_SCANNER = /^v4l:/;
const PAGE_NAME = /^p\d+\.tiff$/;
/** What scanimage calls a page until it is whole. */
const UNFINISHED = '.part';
/** While so many pages wait to be taken in, the next one's PNG is left to whoever takes it in, so that no file after file lies in memory. */
const MOST_WAITING = 2;

/** As scanimage names the pages of a batch, counted from 1. */
const pageName = (page: number): string => `p${String(page).padStart(3, '0')}.tiff`;

const follow = (folder: string, page: number): GrowingPage =>
  followPage(join(folder, pageName(page) + UNFINISHED), join(folder, pageName(page)));

export interface SaneDriverOptions extends Patience {
  /** Default: `scanimage` in the folders of PATH, on Linux. */
  readonly program?: string;
  /** Default: that of this process. SANE looks for its configuration in `SANE_CONFIG_DIR`. */
  readonly env?: NodeJS.ProcessEnv;
}

function findProgram(env: NodeJS.ProcessEnv): string | null {
  if (process.platform !== 'linux') return null;
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const program = join(folder, 'scanimage');
    try {
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      continue;
    }
  }
  return null;
}

/** A source together with the options that hold while it is chosen. */
interface KnownSource {
  readonly source: SaneSource;
  readonly options: ReadonlyMap<string, DeviceOption>;
}

/**
 * Scanners on Linux by SANE's own `scanimage`, a program of its own: a backend that crashes takes nothing of Satchel with
 * it. Pages come as TIFF: the device's samples as they are, behind their number and resolution, so that a page that was cut
 * off by a full disk, which scanimage does not notice, does not decode. A PNG has the same pixels and takes scanimage 2.7 s of the
 * processor for an A4 page at 300 dpi in colour, where TIFF takes 0.05: more time than a fast feeder has for a page.
 */
export function createSaneDriver(options: SaneDriverOptions = {}): ScannerDriver {
  const { program: fixedProgram, env = process.env, ...patience } = options;
  const sheetfed = new Set<string>();

  async function run(
    args: readonly string[],
    given: Partial<Parameters<typeof runScanimage>[1]> & { signal: AbortSignal },
  ): Promise<Ending> {
    const program = fixedProgram ?? findProgram(env);
    if (program === null) throw new ScanStopped('offline');
    try {
      return await runScanimage(args, {
        program,
        env,
        folder: tmpdir(),
        onLine: () => {},
        ...patience,
        ...given,
      });
    } catch (error) {
      throw new ScanStopped('deviceError', { cause: error });
    }
  }

  /** What a run prints that only asks. */
  async function ask(args: readonly string[]): Promise<string> {
    const printed: string[] = [];
    const signal = AbortSignal.timeout(ANSWER_PATIENCE_MS);
    const ending = await run(args, { signal, onLine: (line) => printed.push(line) });
    if (signal.aborted) throw new ScanStopped('offline');
    if (ending.code !== 0) throw new ScanStopped(stateOf(ending, 0) ?? 'deviceError');
    return printed.join('\n');
  }

  const optionsWith = async (name: string, source: SaneSource | null) =>
    parseOptions(await ask([`--device-name=${name}`, ...(source?.args ?? []), '-A']));

  /** Each source is asked by itself: a feeder often has other resolutions and another size than the glass. */
  async function look(name: string): Promise<KnownSource[]> {
    const first = await optionsWith(name, null);
    const sources: KnownSource[] = [];
    for (const source of namedSources(first, sheetfed.has(name))) {
      sources.push({ source, options: source.args.length === 0 ? first : await optionsWith(name, source) });
    }
    const feeder = sources.find((candidate) => candidate.source.source === 'feeder');
    const hasDuplex = sources.some((candidate) => candidate.source.source === 'duplex');
    const duplex = feeder === undefined || hasDuplex ? null : duplexByOption(feeder.source, feeder.options);
    if (duplex !== null && feeder !== undefined) sources.push({ source: duplex, options: feeder.options });
    return sources;
  }

  const known = createAnswers(look);

  async function scan(name: string, settings: ScanSettings, folder: string, watch: ScanWatch): Promise<void> {
    const chosen = (await known.of(name)).find(({ source }) => source.source === settings.source);
    if (chosen === undefined) throw new ScanStopped('unsupported');
    let [pageCount, waiting] = [0, 0];
    const pages = createHandOver(async (page) => {
      await watch.onPage(page);
      waiting -= 1;
    });
    let growing: GrowingPage | null = follow(folder, 1);
    const ending = await run(
      [
        `--device-name=${name}`,
        ...settingArgs(chosen.source, settings, chosen.options),
        '--format=tiff',
        // In a batch a page has another name until it is whole. The name is relative, since a % in a folder's would count.
        '--batch=p%03d.tiff',
        '--batch-print',
        ...(settings.source === 'flatbed' ? ['--batch-count=1'] : []),
        '--progress',
      ],
      {
        folder,
        signal: AbortSignal.any([watch.signal, pages.refused]),
        onLine: (line) => {
          if (!PAGE_NAME.test(line)) return;
          pageCount += 1;
          waiting += 1;
          const path = join(folder, line);
          pages.add({ path, mediaType: 'image/tiff', ...(growing === null ? {} : { png: growing.finish() }) });
          growing = waiting < MOST_WAITING ? follow(folder, pageCount + 1) : null;
        },
        onProgress: (fraction) => {
          watch.onProgress(pageCount + 1, fraction);
        },
      },
    ).finally(() => {
      growing?.stop();
    });
    await pages.done();
    // Asked to stop, scanimage ends with the code of an I/O error.
    if (watch.signal.aborted) throw new ScanStopped('cancelled');
    const state = stateOf(ending, pageCount);
    if (state !== null) throw new ScanStopped(state);
  }

  return {
    id: 'sane',
    isAvailable: () => fixedProgram !== undefined || findProgram(env) !== null,
    async list() {
      known.forget();
      sheetfed.clear();
      const devices: Device[] = [];
      for (const line of (await ask(['-f', LIST_FORMAT])).split('\n')) {
        const [vendor, model, type, name] = line.split('\t');
        if (vendor === undefined || model === undefined || type === undefined || name === undefined) continue;
        if (name === '' || NO_SCANNER.test(name)) continue;
        if (/sheetfed/i.test(type)) sheetfed.add(name);
        devices.push({ name, vendor, model, via: `SANE, ${name.split(':')[0] ?? ''}` });
      }
      return devices;
    },
    async capabilities(name): Promise<SourceCapabilities[]> {
      const sources = await known.of(name);
      return sources.map(({ source, options: listed }) => capabilitiesOf(source.source, listed));
    },
    scan,
  };
}
