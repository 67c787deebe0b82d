/**
 * A disk whose power can be cut: an image file with ext4 or xfs on a loop mount. The filesystem's shutdown call (the one
 * xfstests uses) stops it at once without writing its log, so that everything that was not fsynced is gone at the next
 * mount. Needs root.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { makeFolder, removeFolder } from '../support/folders.ts';

export type FileSystem = 'ext4' | 'xfs';

/** mkfs.xfs takes nothing smaller than 300 MB. The image has holes, so it needs only what is written. */
const IMAGE_BYTES: Readonly<Record<FileSystem, number>> = { ext4: 192 * 1024 * 1024, xfs: 320 * 1024 * 1024 };

/**
 * FS_IOC_SHUTDOWN with NOLOGFLUSH, at once when a line comes. Perl is part of every Debian; Node has no ioctl. The program waits
 * with the disk open, so that next to no time lies between the wish and the cut.
 */
const SHUTDOWN =
  '$how = pack("L", 2); open(F, "<", $ARGV[0]) or die; <STDIN> or exit; defined(ioctl(F, 0x8004587d, $how)) or die;';

/** Null when power can be cut here; otherwise exactly what is missing. */
export async function whyNoCut(fileSystem: FileSystem): Promise<string | null> {
  if (process.platform !== 'linux') return 'a loop mount needs Linux';
  if (process.getuid?.() !== 0) return 'mounting needs root (run it with sudo)';
  const tools: readonly (readonly [tool: string, from: string])[] = [
    ['perl', 'perl-base'],
    ['mount', 'mount'],
    ['unshare', 'util-linux'],
    [`mkfs.${fileSystem}`, fileSystem === 'xfs' ? 'xfsprogs' : 'e2fsprogs'],
  ];
  for (const [tool, from] of tools) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
      return `${tool} is missing (apt-get install ${from})`;
  }
  const folder = makeFolder('power-trial');
  try {
    await new CutDisk(folder, fileSystem).unmount();
    return null;
  } catch (error) {
    return `a loop mount is not allowed here (${error instanceof Error ? error.message.split('\n')[0] : 'refused'})`;
  } finally {
    removeFolder(folder);
  }
}

export class CutDisk {
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly #image: string;
  #isMounted = false;
  #cutter: ChildProcessByStdio<Writable, null, null> | null = null;

  /** Made in `folder`, and mounted. Throws with the system's words when that is not allowed here. */
  constructor(folder: string, fileSystem: FileSystem) {
    this.fileSystem = fileSystem;
    this.directory = join(folder, 'disk');
    this.#image = join(folder, `${fileSystem}.image`);
    mkdirSync(this.directory);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, IMAGE_BYTES[fileSystem]);
    execFileSync(`mkfs.${fileSystem}`, ['-q', this.#image]);
    this.mount();
  }

  mount(): void {
    // A log is replayed here, as at the start after a cut.
    execFileSync('mount', ['-o', 'loop', this.#image, this.directory]);
    this.#isMounted = true;
    const isStillDown = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .some((line) => line.includes(` ${this.directory} `) && /\bshutdown\b/.test(line));
    if (isStillDown) throw new Error('another mount namespace holds the disk, so it was not started anew');
    this.#cutter = spawn('perl', ['-e', SHUTDOWN, this.directory], { stdio: ['pipe', 'ignore', 'ignore'] });
  }

  /** The power goes. */
  cut(): Promise<void> {
    const cutter = this.#cutter;
    this.#cutter = null;
    if (cutter === null) throw new Error('the disk was cut already');
    return new Promise((resolve, reject) => {
      cutter.on('close', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`the shutdown call was refused on ${this.fileSystem}`));
      });
      cutter.stdin.end('now\n');
    });
  }

  /** For whoever still has a file of it open a moment after its death. */
  async unmount(): Promise<void> {
    if (!this.#isMounted) return;
    this.#cutter?.stdin.end();
    this.#cutter = null;
    for (let attempt = 1; spawnSync('umount', [this.directory]).status !== 0; attempt += 1) {
      if (attempt === 100) throw new Error('the disk is still in use');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.#isMounted = false;
  }

  async remove(): Promise<void> {
    try {
      await this.unmount();
    } catch {
      spawnSync('umount', ['--lazy', this.directory]);
      this.#isMounted = false;
    }
  }
}
