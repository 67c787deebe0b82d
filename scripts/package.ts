/**
 * `npm run package`: builds the installers of electron-builder.yml for the system it runs on. Electron's runtime is a
 * download that npm does not bring, so the first thing is to find out, within a second, whether it can be had.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load as parseYaml } from 'js-yaml';
import { z } from 'zod';
import { buildApp } from './build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** sysexits(3), so that a pipeline can tell the cases apart. */
const EXIT = { unavailable: 69, missingInput: 66, badData: 65 } as const;

export type TargetPlatform = 'linux' | 'win32' | 'darwin';

const BaseConfig = z.looseObject({ files: z.array(z.string()) });

/**
 * electron-builder.yml plus one line for the target. That line cannot stand in the file: `${platform}` there means the
 * system that builds, and a per-platform `files` list that only excludes cancels the allow-list above it.
 */
export function makeConfig(platform: TargetPlatform): z.infer<typeof BaseConfig> {
  const base = BaseConfig.parse(parseYaml(readFileSync(join(root, 'electron-builder.yml'), 'utf8')));
  const keep = `${platform}-\${arch}.node`;
  return { ...base, files: [...base.files, `!**/node_modules/better-sqlite3/prebuilds/!(${keep})`] };
}

function electronVersion(): string {
  return z.object({ version: z.string() }).parse(require('electron/package.json')).version;
}

/** SHA-256 by archive name, as the electron package on npm states it. */
function electronChecksums(): Record<string, string> {
  return z.record(z.string(), z.string()).parse(require('electron/checksums.json'));
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(z.instanceof(Uint8Array).parse(chunk));
  return hash.digest('hex');
}

interface Runtime {
  readonly archive: string;
  readonly sha256: string;
  readonly url: string;
}

export function wantedRuntime(platform: string, arch: string, mirror: string | undefined): Runtime {
  const version = electronVersion();
  const archive = `electron-v${version}-${platform}-${arch}.zip`;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  return {
    archive,
    sha256: electronChecksums()[archive] ?? '',
    url: `${base.replace(/\/?$/, '/')}v${version}/${archive}`,
  };
}

type Availability =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'download' }
  | { readonly kind: 'bad'; readonly exit: number; readonly problem: string }
  | { readonly kind: 'unavailable'; readonly cause: string };

/** ELECTRON_DIST (a folder or a zip) first, then electron's own download folder and cache, then the network. */
async function findRuntime(runtime: Runtime): Promise<Availability> {
  const given = process.env['ELECTRON_DIST'];
  if (given !== undefined) {
    if (!existsSync(given))
      return { kind: 'bad', exit: EXIT.missingInput, problem: `ELECTRON_DIST: ${given} does not exist` };
    if (given.endsWith('.zip') && (await sha256OfFile(given)) !== runtime.sha256) {
      return {
        kind: 'bad',
        exit: EXIT.badData,
        problem: `ELECTRON_DIST: not ${runtime.archive} (its SHA-256 is another)`,
      };
    }
    return { kind: 'folder', path: given };
  }
  const installed = join(root, 'node_modules/electron/dist');
  if (existsSync(installed)) return { kind: 'folder', path: installed };
  if (existsSync(join(homedir(), '.cache/electron', runtime.archive))) return { kind: 'download' };
  try {
    const answer = await fetch(runtime.url, { method: 'HEAD', signal: AbortSignal.timeout(900) });
    return answer.ok ? { kind: 'download' } : { kind: 'unavailable', cause: `HTTP ${answer.status}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return { kind: 'unavailable', cause: code === '' ? 'no answer within a second' : code };
  }
}

async function main(): Promise<number> {
  const runtime = wantedRuntime(process.platform, process.arch, process.env['ELECTRON_MIRROR']);
  const found = await findRuntime(runtime);
  if (found.kind === 'bad') {
    process.stderr.write(`package: ${found.problem}\n`);
    return found.exit;
  }
  if (found.kind === 'unavailable') {
    process.stderr.write(
      [
        'package: the Electron runtime cannot be had here, so no installer can be built.',
        `  wanted : ${runtime.archive}  (sha256 ${runtime.sha256})`,
        `  tried  : ${runtime.url}`,
        `  cause  : ${found.cause}`,
        'Do one of these and run "npm run package" again:',
        '  - on a machine with internet: nothing else is needed, it is downloaded and checked;',
        '  - behind a proxy or mirror: ELECTRON_MIRROR=https://mirror.example/electron/ npm run package',
        `  - with the archive copied here: ELECTRON_DIST=/path/to/${runtime.archive} npm run package`,
        '',
      ].join('\n'),
    );
    return EXIT.unavailable;
  }
  await buildApp();
  const platform = z.enum(['linux', 'win32', 'darwin']).parse(process.platform);
  const config = { ...makeConfig(platform), ...(found.kind === 'folder' ? { electronDist: found.path } : {}) };
  mkdirSync(join(root, '.cache'), { recursive: true });
  const configFile = join(root, '.cache/electron-builder.json');
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  return new Promise((resolve) => {
    const builder = spawn(
      process.execPath,
      [
        join(root, 'node_modules/electron-builder/cli.js'),
        '--publish',
        'never',
        '--config',
        configFile,
        ...process.argv.slice(2),
      ],
      { cwd: root, stdio: 'inherit' },
    );
    builder.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
