/** What only a person can decide, decided without a window: `satchel decide`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { jpeg } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { ended, startSatchel } from '../support/satchel-process.ts';
import type { Ended } from '../support/satchel-process.ts';

let folder: string;
let practice: PracticeForTests;

beforeAll(async () => {
  folder = makeFolder('doubt-command');
  practice = await startPractice(folder);
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});

/** On the one profile of this file. */
function satchel(args: readonly string[], input = ''): Promise<Ended> {
  return ended(startSatchel(['--profile', join(folder, 'doubt'), ...args]), input);
}

describe('what only a person can decide', () => {
  it('asks about a customer whose answer was lost, believes only the right record, and goes on with it', async () => {
    const flows = join(folder, 'flows.json');
    await writeFile(flows, JSON.stringify(practiceFlows('personr')));
    const { baseUrl, credential } = connectionTo('personr', practice.server.origin);
    const add = ['--provider', 'personr', '--name', 'Branch', '--base-url', baseUrl, '--flows', flows];
    expect((await satchel(['connection', 'add', ...add], JSON.stringify(credential))).code).toBe(0);
    const scans = join(folder, 'doubt-scans');
    await mkdir(scans);
    const flow = flowOf('personr');
    const lines = await Promise.all(
      flow.requirements.flatMap((requirement, index) =>
        (requirement.accepts[0]?.sides ?? []).map(async (side) => {
          const name = `${requirement.id}-${side}.jpg`;
          await writeFile(join(scans, name), await jpeg({ seed: 900 + index * 10 + side.length }));
          return `a,Ada,Doubt,,AUS,ada@example.invalid,+61491570006,DOUBT-1,${flow.id},${name},${requirement.id},${requirement.accepts[0]?.documentType ?? ''},${side}`;
        }),
      ),
    );
    const head =
      'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side';
    await writeFile(join(scans, 'manifest.csv'), [head, ...lines, ''].join('\n'));
    expect((await satchel(['import', scans, '--connection', 'Branch'])).err).toBe('');
    expect((await satchel(['release'])).code).toBe(0);

    await practice.faults({ path: 'api-applicant-create', action: { kind: 'resetAfterStoring' } });
    expect((await satchel(['sync', '--timeout', '120'])).code).toBe(4);
    const asked = await satchel(['decide', 'DOUBT-1']);
    expect(asked.code).toBe(4);
    expect(asked.out).toMatch(/The answer to creating the customer was lost.*\n {2}--record <id.*>\n {2}--not-arrived/);
    const word = await satchel(['decide', 'DOUBT-1', '--arrived']);
    expect(word.code).toBe(1);
    expect(word.err).toContain('This decision does not fit');

    const { applicants } = z
      .object({ applicants: z.array(z.object({ id: z.string() })) })
      .parse(await practice.admin('GET', '/records'));
    const nobody = await satchel(['decide', 'DOUBT-1', '--record', '1x1']);
    expect(nobody.code).toBe(2);
    expect(nobody.err).toContain('no applicant of that id');
    const right = await satchel(['decide', 'DOUBT-1', '--record', applicants.at(-1)?.id ?? '']);
    expect(right).toMatchObject({ code: 0, err: '' });
    const synced = await satchel(['--json', 'sync', '--timeout', '120']);
    expect(JSON.parse(synced.out)).toMatchObject({ submissions: [{ state: 'accepted' }] });
    const after = z.object({ applicants: z.array(z.unknown()) }).parse(await practice.admin('GET', '/records'));
    expect(after.applicants).toHaveLength(applicants.length);
    expect((await satchel(['decide', 'DOUBT-1'])).code).toBe(1);

    // Somebody deletes the next customer there while a page of theirs is in doubt: Personr's own word ends the question.
    const rows = lines.map((line, index) =>
      line.replace(/DOUBT-1/, 'DOUBT-2').replace(/[^,]+\.jpg/, `again-${index}.jpg`),
    );
    for (const [index] of rows.entries())
      await writeFile(join(scans, `again-${index}.jpg`), await jpeg({ seed: 950 + index }));
    await writeFile(join(scans, 'manifest.csv'), [head, ...rows, ''].join('\n'));
    expect((await satchel(['import', scans, '--connection', 'Branch'])).code).toBe(0);
    expect((await satchel(['release'])).code).toBe(0);
    await practice.faults({ path: 'api-document-upload', action: { kind: 'resetAfterStoring' } });
    expect((await satchel(['sync', '--timeout', '2'])).code).toBe(5);
    const records = z.object({ applicants: z.array(z.object({ id: z.string() })) });
    const made = records.parse(await practice.admin('GET', '/records')).applicants;
    await practice.admin('POST', '/forget', { id: made.at(-1)?.id ?? '' });
    expect((await satchel(['sync', '--timeout', '60'])).code).toBe(4);
    expect((await satchel(['decide', 'DOUBT-2'])).out).toMatch(
      /^Personr no longer has this customer.*\n {2}--retry\n$/,
    );
    const claimed = await satchel(['decide', 'DOUBT-2', '--arrived']);
    expect(claimed.code).toBe(1);
    expect(claimed.err).toMatch(/Personr no longer has this customer.*void this submission.*Possible here: --retry/);
  });
});
