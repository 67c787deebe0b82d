import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program that npm cannot bring, and the Debian package that does. */
interface SystemProgram {
  readonly name: string;
  readonly debianPackage: string;
  readonly candidates: readonly string[];
}

export const CHROMIUM: SystemProgram = {
  name: 'Chromium',
  debianPackage: 'chromium',
  candidates: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
};
export const XVFB: SystemProgram = { name: 'Xvfb', debianPackage: 'xvfb', candidates: ['/usr/bin/Xvfb'] };
/** The fonts that the MRZ reader is trained on; nothing else needs them. */
export const OCR_B_FONT: SystemProgram = {
  name: 'the font OCR-B',
  debianPackage: 'fonts-ocr-b',
  candidates: ['/usr/share/fonts/opentype/ocr-b/OCRB.otf'],
};
export const TRAINING_FONTS: readonly SystemProgram[] = [
  OCR_B_FONT,
  {
    name: 'the font DejaVu Sans Mono',
    debianPackage: 'fonts-dejavu-core',
    candidates: ['/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf'],
  },
  {
    name: 'the font Noto Mono',
    debianPackage: 'fonts-noto-mono',
    candidates: ['/usr/share/fonts/truetype/noto/NotoMono-Regular.ttf'],
  },
  {
    name: 'the font FreeMono',
    debianPackage: 'fonts-freefont-ttf',
    candidates: ['/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf'],
  },
];

/** Not needed to run; with it the tests scan from SANE's own test scanner. */
export const SCANIMAGE: SystemProgram = {
  name: 'scanimage',
  debianPackage: 'sane-utils',
  candidates: ['/usr/bin/scanimage'],
};

/** Not needed to run; with it the tests let a client that nobody here wrote scan from the simulated network scanner. */
export const SANE_AIRSCAN: SystemProgram = {
  name: 'sane-airscan',
  debianPackage: 'sane-airscan',
  candidates: [
    '/usr/lib/x86_64-linux-gnu/sane/libsane-airscan.so.1',
    '/usr/lib/aarch64-linux-gnu/sane/libsane-airscan.so.1',
  ],
};

export function isInstalled(program: SystemProgram): boolean {
  return program.candidates.some((path) => existsSync(path));
}

function aptPrefix(): string[] | null {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  const hasSudo = existsSync('/usr/bin/sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return hasSudo ? ['sudo', '-n'] : null;
}

/**
 * Installs what is missing when this account may (root, or sudo without a password), and returns what is still missing
 * afterwards. Says each step on standard error.
 */
export function ensureInstalled(programs: readonly SystemProgram[]): SystemProgram[] {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) return [];
  const packages = missing.map((program) => program.debianPackage);
  const prefix = aptPrefix();
  if (prefix !== null) {
    process.stderr.write(`Installing Debian packages: ${packages.join(' ')}\n`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (...command: string[]): void => {
      const [program = '', ...rest] = [...prefix, ...command];
      spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    };
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  return missing.filter((program) => !isInstalled(program));
}

/** What a person types to install them. */
export function installCommand(programs: readonly SystemProgram[]): string {
  return `sudo apt-get install -y ${programs.map((program) => program.debianPackage).join(' ')}`;
}
