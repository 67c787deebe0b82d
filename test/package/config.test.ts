import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { describe, expect, it } from 'vitest';
import { makeConfig, wantedRuntime } from '../../scripts/package.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('electron-builder.yml', () => {
  it.each(['linux', 'win32', 'darwin'] as const)(
    'is valid against the schema of electron-builder for %s',
    async (platform) => {
      const config = await getConfig(root, null, makeConfig(platform));
      await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
    },
  );

  it('is refused with a typo, so the check above can fail', async () => {
    const config = await getConfig(root, null, {
      ...makeConfig('linux'),
      nsis: Object.fromEntries([['oneClik', true]]),
    });
    await expect(validateConfiguration(config, new DebugLogger(false))).rejects.toThrow(/configuration\.nsis/);
  });

  it('spells out every fuse', () => {
    const fuses = makeConfig('linux')['electronFuses'];
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('keeps one better-sqlite3 prebuild, that of the target', () => {
    expect(makeConfig('win32').files).toContain('!**/node_modules/better-sqlite3/prebuilds/!(win32-${arch}.node)');
    expect(makeConfig('darwin').files).toContain('!**/node_modules/better-sqlite3/prebuilds/!(darwin-${arch}.node)');
  });

  it('ships nothing but what is named', () => {
    const allowed = makeConfig('linux').files.filter((pattern) => !pattern.startsWith('!'));
    expect(allowed).toEqual([
      'dist/**/*',
      'package.json',
      'assets/samples/**/*',
      'assets/mrz/**/*',
      'assets/face/**/*',
      'assets/wia/**/*',
    ]);
  });
});

describe('npm run package', () => {
  it('knows the checksum of the runtime of every target', () => {
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['win32', 'x64'],
      ['darwin', 'arm64'],
      ['darwin', 'x64'],
    ] as const) {
      expect(wantedRuntime(platform, arch, undefined).sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('says what is missing and what to do when the runtime cannot be had', () => {
    const run = spawnSync(process.execPath, ['scripts/run.mjs', 'package'], {
      cwd: root,
      encoding: 'utf8',
      // Port 2 of this PC: refused at once, as without a network.
      env: { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:2/', HOME: '/nonexistent' },
    });
    expect(run.status).toBe(69);
    expect(run.stderr).toContain('cause  : ECONNREFUSED');
    expect(run.stderr).toContain('ELECTRON_DIST=');
  });

  it('refuses an archive whose checksum is another', () => {
    const run = spawnSync(process.execPath, ['scripts/run.mjs', 'package'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_DIST: join(root, 'test/package/not-electron.zip') },
    });
    expect(run.status).toBe(65);
    expect(run.stderr).toContain('SHA-256');
  });

  it('names the product version once', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).toMatchObject({
      productName: 'Satchel',
      main: 'dist/main/index.js',
    });
  });
});
