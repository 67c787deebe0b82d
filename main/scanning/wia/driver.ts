import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIZES } from '../../../shared/domain/index.ts';
import type { Area, ColourMode, Resolutions, SourceCapabilities } from '../../../shared/domain/index.ts';
import { createAnswers } from '../answers.ts';
import { createHandOver } from '../hand-over.ts';
import { ScanStopped } from '../port.ts';
import type { Device, ScannerDriver, ScanSettings } from '../port.ts';
import { runProgram } from '../program.ts';
import type { Patience, ProgramOptions } from '../program.ts';
import { WIA_SCRIPT } from '../wia-script.ts';
import { readMessage, stateOf } from './messages.ts';
import type { WiaMessage } from './messages.ts';

const ANSWER_PATIENCE_MS = 60_000;
const MILLIMETRES_PER_INCH = 25.4;
/** `RemoteSigned` for this process only: on a fresh Windows no script of a file may run. A policy of IT goes before it. */
const POWERSHELL = ['-NoLogo', '-NoProfile', '-NonInteractive', '-STA', '-ExecutionPolicy', 'RemoteSigned', '-File'];
/** Every WIA driver must know these intents. A JPEG has no black and white. */
const COLOURS: readonly ColourMode[] = ['colour', 'grey'];

export interface WiaDriverOptions extends Patience {
  /** Default: Windows PowerShell, on Windows. */
  readonly program?: string;
}

function programOf(options: WiaDriverOptions): string | null {
  if (options.program !== undefined) return options.program;
  if (process.platform !== 'win32') return null;
  // Not looked for in PATH: it lies there since Windows 7, and nothing else may be taken for it.
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
}

function resolutionsOf({ dpis, range }: Extract<WiaMessage, { type: 'source' }>): Resolutions | null {
  if (dpis.length > 0) return { kind: 'list', values: dpis };
  return range === null ? null : { kind: 'range', ...range };
}

/** In millimetres; null: the device decides by itself. */
function areaOf(size: ScanSettings['size'], reach: Area | null): Area | null {
  if (reach === null || size === 'full') return reach;
  const { width, height } = SIZES[size];
  return { width: Math.min(width, reach.width), height: Math.min(height, reach.height) };
}

/**
 * Scanners on Windows by WIA, over a PowerShell script in a process of its own: a driver that crashes or hangs takes nothing of
 * Satchel with it. **Not yet run on Windows**: this half is tested with a program in the place of PowerShell.
 */
export function createWiaDriver(options: WiaDriverOptions = {}): ScannerDriver {
  /** Runs the script; `onMessage` hears what it says as it comes. Rejects with what the device said. */
  async function run(
    args: readonly string[],
    { folder, signal, askToStop }: Pick<ProgramOptions, 'folder' | 'signal' | 'askToStop'>,
    onMessage: (message: WiaMessage) => void,
  ): Promise<void> {
    const program = programOf(options);
    if (program === null) throw new ScanStopped('offline');
    let last: WiaMessage | null = null;
    const { program: _program, ...patience } = options;
    await runProgram([...POWERSHELL, WIA_SCRIPT, ...args], {
      program,
      env: process.env,
      folder,
      signal,
      ...patience,
      askToStop,
      onLine: (line) => {
        const message = readMessage(line);
        if (message === null) return;
        last = message;
        onMessage(message);
      },
      onComplaint: () => {},
      isLastWord: (line) => /"type":"(end|error)"/.test(line),
    }).catch((error: unknown) => {
      throw new ScanStopped('deviceError', { cause: error });
    });
    assertEnded(last);
  }

  /** What a run says that only asks. */
  async function ask(args: readonly string[]): Promise<WiaMessage[]> {
    const said: WiaMessage[] = [];
    const signal = AbortSignal.timeout(ANSWER_PATIENCE_MS);
    await run(args, { folder: tmpdir(), signal, askToStop: end }, (message) => said.push(message));
    return said;
  }

  async function look(name: string): Promise<SourceCapabilities[]> {
    const said = await ask(['-Mode', 'capabilities', '-Device', name]);
    const sources = said.flatMap((message): SourceCapabilities[] => {
      if (message.type !== 'source') return [];
      const { source, area } = message;
      const isKnown = area.width > 0 && area.height > 0;
      return [
        {
          source,
          resolutions: resolutionsOf(message),
          colours: COLOURS,
          area: isKnown ? area : null,
          hasFullSize: source === 'flatbed',
        },
      ];
    });
    if (sources.length === 0) throw new ScanStopped('unsupported');
    return sources;
  }

  const known = createAnswers(look);

  return {
    id: 'wia',
    isAvailable: () => programOf(options) !== null,
    async list() {
      known.forget();
      const said = await ask(['-Mode', 'list']);
      return said.flatMap((message): Device[] => {
        if (message.type !== 'device') return [];
        return [{ name: message.id, vendor: message.vendor, model: message.model, via: 'WIA' }];
      });
    },
    capabilities: (name) => known.of(name),
    async scan(name, settings, folder, watch) {
      const source = (await known.of(name)).find((candidate) => candidate.source === settings.source);
      if (source === undefined) throw new ScanStopped('unsupported');
      const area = areaOf(settings.size, source.area);
      const expected = area === null ? {} : { expectedWidth: pixelsOf(area.width, settings.dpi) };
      const pages = createHandOver(watch.onPage);
      let pageCount = 0;
      watch.onProgress(1, null);
      try {
        await run(
          scanArgs(name, settings, area),
          {
            folder,
            signal: AbortSignal.any([watch.signal, pages.refused]),
            askToStop: () => {
              // Read between two pages. A page that is being scanned cannot be stopped otherwise than by ending the program.
              writeFile(join(folder, 'stop'), '').catch(() => undefined);
            },
          },
          (message) => {
            if (message.type !== 'page') return;
            pageCount += 1;
            pages.add({ path: join(folder, message.file), mediaType: 'image/jpeg', ...expected });
            if (settings.source !== 'flatbed') watch.onProgress(pageCount + 1, null);
          },
        );
      } catch (error) {
        await pages.done();
        throw watch.signal.aborted ? new ScanStopped('cancelled') : error;
      }
      await pages.done();
      if (watch.signal.aborted) throw new ScanStopped('cancelled');
      if (pageCount === 0) throw new ScanStopped('deviceError');
    },
  };
}

/** A question holds no page that could be lost. */
function end(child: ChildProcess): void {
  child.kill();
}

/** A script that did not say how it ended was ended, or PowerShell did not let it begin. */
function assertEnded(last: WiaMessage | null): void {
  if (last?.type === 'error') throw new ScanStopped(stateOf(last.code));
  if (last?.type !== 'end') throw new ScanStopped('deviceError');
}

function pixelsOf(millimetres: number, dpi: number): number {
  return Math.floor((millimetres / MILLIMETRES_PER_INCH) * dpi);
}

function scanArgs(name: string, settings: ScanSettings, area: Area | null): string[] {
  return [
    '-Mode',
    'scan',
    '-Device',
    name,
    '-Source',
    settings.source,
    '-Dpi',
    String(settings.dpi),
    '-Colour',
    settings.colour,
    ...(area === null ? [] : ['-Width', area.width.toFixed(2), '-Height', area.height.toFixed(2)]),
  ];
}
