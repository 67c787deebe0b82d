/**
 * Compiles the app into dist/: main (ES module, with its worker entries and the command line), preload (one CommonJS
 * file, as Electron's sandbox wants it) and the window. `--watch` is not offered: a build takes seconds.
 */
import { rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Native or wasm packages stay outside the bundle; everything else is compiled in. */
const external = [
  'electron',
  /^electron\//,
  'better-sqlite3',
  'sharp',
  /^@img\//,
  '@hyzyla/pdfium',
  /^@hyzyla\/pdfium/,
  /^zxing-wasm/,
  /^node:/,
  ...builtinModules,
];

async function buildNode(options: {
  entries: Record<string, string>;
  outDir: string;
  format: 'es' | 'cjs';
  extension: string;
}): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir: options.outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      rollupOptions: {
        input: options.entries,
        external,
        output: {
          format: options.format,
          entryFileNames: `[name].${options.extension}`,
          // Beside the entries, so that the addresses of assets are the same from wherever code comes to lie.
          chunkFileNames: `[name]-[hash].${options.extension}`,
        },
      },
    },
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'sharp', '@hyzyla/pdfium', 'zxing-wasm'] },
  });
}

export async function buildApp(): Promise<void> {
  await rm(`${root}/dist`, { recursive: true, force: true });
  await buildNode({
    entries: {
      index: 'main/index.ts',
      satchel: 'main/headless/index.ts',
      'vault-worker': 'main/vault/worker.ts',
      'inspection-worker': 'main/inspection/worker.ts',
      'practice-worker': 'main/practice/worker.ts',
      'database-check-worker': 'main/database/check-worker.ts',
    },
    outDir: 'dist/main',
    format: 'es',
    extension: 'js',
  });
  await buildNode({
    entries: { index: 'main/preload/index.ts' },
    outDir: 'dist/preload',
    format: 'cjs',
    extension: 'cjs',
  });
  await build({ root: `${root}/renderer`, configFile: `${root}/renderer/vite.config.ts`, logLevel: 'warn' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  await buildApp();
  process.stdout.write(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
