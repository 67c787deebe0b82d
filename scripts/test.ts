/**
 * `npm test`: types, linter with types, build, import rules, formatting, then every suite. Ends with `N passed, N failed`
 * and exits with 1 when anything failed. What was skipped is printed with its reason, and what failed once more, with its
 * message: of a long run often no more than the end is kept.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CHROMIUM, SANE_AIRSCAN, SCANIMAGE, ensureInstalled, installCommand } from './system-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.slice(2);

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** What needs nothing of the others, the longest first. Most work on one core by themselves, so two run at once. */
const STATIC_STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '--build'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'build', command: ['node', 'scripts/run.mjs', 'build'] },
  {
    name: 'rooms',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'main', 'renderer', 'shared', 'scripts', 'test'],
  },
  { name: 'format', command: ['oxfmt', '--check', 'main', 'renderer', 'shared', 'scripts', 'test'] },
];
const STEPS_AT_ONCE = 2;

/**
 * Suites that run together, and how many of their files at once. One run of many files leaves a core idle at its end once, not at
 * the end of each suite. Most wait for networks, countdowns and windows for so long that two at once leave a core idle as well.
 */
const RUNS = [
  { suites: ['unit', 'migrations', 'package', 'integration', 'faults'], workers: 3 },
  // When a program is killed at random is measured from its start, which has to take the time that it takes.
  { suites: ['crash'], workers: 2 },
  { suites: ['security', 'e2e'], workers: 3 },
] as const;
const NEED_WINDOW: ReadonlySet<string> = new Set(['security', 'e2e']);

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Hundreds of programs and threads are started: each finds its source compiled. */
const COMPILED = { NODE_COMPILE_CACHE: `${root}/.cache/compiled` };
/** And the command line as it ships. */
const BUILT = { ...COMPILED, SATCHEL_TEST_BUILT: '1' };

/** Answers the exit code. `hear` gets what the command writes, which else is shown at once. */
function run(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  hear?: (written: Buffer) => void,
): Promise<number> {
  const [program = '', ...rest] = command;
  const binary = program === 'node' ? process.execPath : `${root}/node_modules/.bin/${program}`;
  return new Promise((resolve) => {
    const child = spawn(binary, rest, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: hear === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    if (hear !== undefined) for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
    child.on('error', () => {
      resolve(127);
    });
  });
}

let passed = 0;
let failed = 0;
const notes: string[] = [];
const failures: string[] = [];

/** The first lines of a failure: what was expected and where, without the whole of a document that was printed. */
function beginningOf(message: string): string {
  return message.split('\n').slice(0, 12).join('\n').slice(0, 1_500);
}

function headline(text: string): void {
  process.stdout.write(`\n── ${text}\n`);
}

headline(
  `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
const missing = ensureInstalled([CHROMIUM, SCANIMAGE, SANE_AIRSCAN]);
const hasWindow = !missing.includes(CHROMIUM);
if (!hasWindow) {
  notes.push(
    `skipped: suites that need a window (e2e, security, host): no Chromium. Install it with: ${installCommand([CHROMIUM])}`,
  );
}
if (missing.includes(SCANIMAGE)) {
  notes.push(`skipped: what scans from SANE's test scanner. Install it with: ${installCommand([SCANIMAGE])}`);
}

if (missing.includes(SANE_AIRSCAN)) {
  notes.push(
    `skipped: sane-airscan at the simulated network scanner. Install it with: ${installCommand([SANE_AIRSCAN])}`,
  );
}

/** Takes one step after the other from those that are left; what each wrote is shown in one piece. */
async function takeSteps(left: Step[]): Promise<void> {
  for (let step = left.shift(); step !== undefined; step = left.shift()) {
    const written: Buffer[] = [];
    const code = await run(step.command, {}, (part) => written.push(part));
    if (code === 0) passed += 1;
    else {
      failed += 1;
      failures.push(`failed: ${step.name} (exit ${code})`);
    }
    headline(step.name);
    process.stdout.write(Buffer.concat(written));
    process.stdout.write(`${step.name}: ${code === 0 ? 'ok' : `failed (exit ${code})`}\n`);
  }
}

const steps = STATIC_STEPS.filter(({ name }) => only.length === 0 || name === 'build' || only.includes(name));
await Promise.all(Array.from({ length: STEPS_AT_ONCE }, () => takeSteps(steps)));

mkdirSync(`${root}/.cache`, { recursive: true });
for (const { suites, workers } of RUNS) {
  const wanted = suites.filter(
    (suite) => (only.length === 0 || only.includes(suite)) && (hasWindow || !NEED_WINDOW.has(suite)),
  );
  if (wanted.length === 0) continue;
  const name = wanted.join(', ');
  headline(name);
  const reportFile = `${root}/.cache/test-${wanted.join('-')}.json`;
  const command = [
    'vitest',
    'run',
    ...wanted.map((suite) => `--project=${suite}`),
    `--maxWorkers=${workers}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  // Of an earlier run.
  rmSync(reportFile, { force: true });
  const code = await run(command, wanted.includes('crash') ? COMPILED : BUILT);
  const parsed = existsSync(reportFile) ? VitestReport.safeParse(JSON.parse(readFileSync(reportFile, 'utf8'))) : null;
  if (parsed?.success !== true) {
    failed += 1;
    failures.push(`failed: ${name}: no readable report (exit ${code})`);
    continue;
  }
  passed += parsed.data.numPassedTests;
  failed += parsed.data.numFailedTests;
  const brokenFiles = parsed.data.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  failed += brokenFiles.length;
  for (const file of brokenFiles) failures.push(`failed: ${relative(root, file.name)}\n${beginningOf(file.message)}`);
  if (code !== 0 && parsed.data.numFailedTests === 0 && brokenFiles.length === 0) {
    failed += 1;
    failures.push(`failed: ${name}: an error outside of every test (exit ${code})`);
  }
  for (const file of parsed.data.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'pending' || test.status === 'skipped') notes.push(`skipped: ${test.fullName}`);
      if (test.status === 'failed') {
        const [message = ''] = test.failureMessages ?? [];
        failures.push(`failed: ${relative(root, file.name)}: ${test.fullName}\n${beginningOf(message)}`);
      }
    }
  }
}

process.stdout.write('\n');
for (const failure of failures) process.stdout.write(`${failure}\n`);
for (const note of notes) process.stdout.write(`${note}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
