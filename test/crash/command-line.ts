/** The compiled command line at work: import, release, sync, each a process of its own, one of them killed. */
import { spawn } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Branch } from './branch-runner.ts';

const PROGRAM = join(import.meta.dirname, '..', 'support', 'compiled-satchel.ts');

const Imported = z.object({
  customers: z.array(z.object({ submissionId: z.string() })),
  files: z.object({ imported: z.array(z.object({ fileName: z.string(), pageId: z.string() })) }),
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

function run(args: readonly string[], killAfterMs: number | null): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // The kill is measured from the start, which has to take the time that it takes.
    env: { ...process.env, NODE_COMPILE_CACHE: undefined },
  });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ code, out });
    });
  });
}

/**
 * One customer by the command line. Notes at the branch what was acknowledged: a command has promised something when it
 * has printed its result, and not before.
 */
export async function commandLineDay(
  branch: Branch,
  built: string,
  folder: string,
  random: () => number,
): Promise<void> {
  const files = await branch.takeFiles(2);
  const scans = join(folder, `scans-${branch.nextFile}`);
  await mkdir(scans);
  for (const [index, { path }] of files.entries()) await copyFile(path, join(scans, `${index}.jpg`));
  const flow = 'proof-of-address';
  await writeFile(
    join(scans, 'manifest.csv'),
    [
      'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side',
      `a,Command,Line,,AUS,,,LINE-${branch.nextFile},${flow},0.jpg,identity,passport,single`,
      `a,Command,Line,,AUS,,,LINE-${branch.nextFile},${flow},1.jpg,address,utility_bill,single`,
      '',
    ].join('\n'),
  );
  const common = [built, '--profile', branch.profile, '--json'];
  const victim = Math.floor(random() * 3);
  const moment = (index: number): number | null => (index === victim ? 150 + Math.floor(random() * 1_200) : null);

  const imported = await run([...common, 'import', scans, '--connection', 'Branch Persona'], moment(0));
  // Killed it may be, but not without effect: a command line that cannot work would prove nothing.
  if (imported.code !== null && imported.code !== 0) throw new Error(`the import ended with ${imported.code}`);
  const report = imported.code === 0 ? Imported.parse(JSON.parse(imported.out)) : null;
  for (const { fileName, pageId } of report?.files.imported ?? []) {
    branch.pages.set(pageId, files[Number(fileName.split('.')[0])]?.sha256 ?? '');
  }
  const released = await run([...common, 'release'], moment(1));
  if (released.code === 0 || released.code === 3) {
    for (const { submissionId } of report?.customers ?? []) branch.released.add(submissionId);
  }
  await run([...common, 'sync', '--sent', '--timeout', '3'], moment(2));
}
