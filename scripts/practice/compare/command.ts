import { Command, Option } from 'commander';
import { z } from 'zod';
import { PRACTICE_SWITCHES } from '../../../main/practice/index.ts';
import { readSwitches, type Switches } from '../switch-file.ts';
import { credentialOf } from './credential.ts';
import type { Verdict } from './differences.ts';
import { compare, CompareProblem, reserveRecording, type Account, type Comparison } from './index.ts';

/** Some answers differ; the report says which. */
export const EXIT_DIFFERENT = 3;

const Arguments = z.object({
  api: z.enum(['persona', 'personr', 'sumsub']),
  baseUrl: z.url({
    protocol: /^https?$/,
    error: '--base-url is an address such as https://api.withpersona.com/api/v1',
  }),
  version: z.iso.date({ error: '--version is a day as YYYY-MM-DD' }),
  template: z.string().min(1).optional(),
  transactionType: z.string().min(1).optional(),
  flow: z.string().min(1).optional(),
  entityFlow: z.string().min(1).optional(),
  fileUrl: z.url({ protocol: /^https$/, error: '--file-url is an address that begins with https://' }).optional(),
  level: z.string().min(1).optional(),
  newToken: z.boolean().default(false),
  wait: z.coerce.number({ error: '--wait is a number of seconds' }).min(0).max(600),
  switches: z.string().min(1).optional(),
  recording: z.string().min(1).optional(),
});
type Arguments = z.infer<typeof Arguments>;

/** `npm run practice -- compare`: what a real sandbox account answers, held against what practice assumes. */
export function compareCommand(say: (line: string) => void): Command {
  return new Command('compare')
    .description(
      'Makes the same calls at a real sandbox account and at practice, and says where the answers differ. The credential comes ' +
        'from SATCHEL_CONTRACT_PERSONA_KEY, or SATCHEL_CONTRACT_PERSONR_EMAIL and _PASSWORD, or SATCHEL_CONTRACT_SUMSUB_TOKEN and ' +
        '_SECRET, or from standard input.',
    )
    .addOption(new Option('--api <name>', 'which API').choices(['persona', 'personr', 'sumsub']).makeOptionMandatory())
    .requiredOption('--base-url <address>', 'base URL of the API')
    .option('--version <day>', 'Persona-Version', '2025-12-08')
    .option('--template <id>', 'inquiry template (itmpl_… or tmpl_…); without one, inquiries are left out')
    .option(
      '--transaction-type <id>',
      'Persona: txntp_…, of a type for government ids; without one, transactions are left out',
    )
    .option('--flow <name>', 'Personr: the exact name of a flow')
    .option('--entity-flow <name>', 'Personr: that of a flow for companies; without one, companies are left out')
    .option(
      '--file-url <address>',
      'Personr: a PDF of a company that Personr can fetch; without one, that upload is left out',
    )
    .option('--level <name>', 'Sumsub: the exact name of a level that a utility bill fills')
    .option('--new-token', 'Personr: you know that a new token ends the one that this user has now')
    .option('--wait <seconds>', 'time that the account gets to work before its result is read', '10')
    .option('--switches <file>', 'practice with these switches')
    .option('--recording <file>', 'writes what the account answered: shapes only, no value')
    .action(async (given: unknown) => {
      process.exitCode = await run(argumentsOf(given), say);
    });
}

function argumentsOf(given: unknown): Arguments {
  const parsed = Arguments.safeParse(given);
  if (!parsed.success) throw new CompareProblem(parsed.error.issues.map(({ message }) => message).join('\n'));
  return parsed.data;
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  same: 'same',
  differs: 'differs',
  only_there: 'only there',
  only_here: 'only here',
  not_made: 'not made',
};

async function run(options: Arguments, say: (line: string) => void): Promise<number> {
  const switches = options.switches === undefined ? {} : await readSwitches(options.switches);
  const account = await accountOf(options);
  const file = options.recording === undefined ? null : await reserveRecording(options.recording);
  try {
    const { calls, recording } = await untilStopped((stop) => compare(account, switches, stop));
    report(calls, switches, say);
    if (file !== null) {
      await file.write(recording);
      say(`Written: ${options.recording}. It holds statuses, header names and types, no value.`);
    }
    return calls.every(({ verdict }) => verdict === 'same' || verdict === 'not_made') ? 0 : EXIT_DIFFERENT;
  } finally {
    await file?.discard();
  }
}

/** Ctrl+C, or the wish to end, stops the calls and lets them be tidied up; a second one ends at once. */
async function untilStopped<Result>(does: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await does(stopping.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function report(calls: Comparison['calls'], switches: Switches, say: (line: string) => void): void {
  for (const { name, call, verdict, found, switches: deciding } of calls) {
    say(`${VERDICTS[verdict].padEnd(12)}${name} (${call})`);
    if (verdict === 'same' || verdict === 'not_made') continue;
    for (const sentence of found) say(`  ${sentence}`);
    for (const text of deciding) say(`  practice: ${switchLine(text, switches)}`);
  }
  const counted = Object.entries(VERDICTS).flatMap(([verdict, word]) => {
    const count = calls.filter((call) => call.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  say(`\n${calls.length} calls: ${counted.join(', ')}.`);
}

function switchLine(name: string, switches: Switches): string {
  const definition = Object.entries(PRACTICE_SWITCHES).find(([known]) => known === name)?.[1];
  if (definition === undefined) return name;
  const values =
    definition.kind === 'choice' ? definition.values.join(', ') : `${definition.minimum} to ${definition.maximum}`;
  return `${name} is ${switches[name] ?? definition.default} (of ${values})`;
}

async function accountOf(options: Arguments): Promise<Account> {
  const { api, baseUrl, version, template = null, transactionType = null, flow, entityFlow = null, level } = options;
  const { fileUrl = null, newToken, wait } = options;
  const common = { baseUrl: baseUrl.replace(/\/$/, ''), waitMs: wait * 1000 };
  if (api === 'persona') {
    const { apiKey } = await credentialOf('persona');
    return { api, ...common, apiKey, version, template, transactionType };
  }
  if (api === 'sumsub') {
    if (level === undefined) throw new CompareProblem('Sumsub needs --level with the exact name of a level.');
    return { api, ...common, ...(await credentialOf('sumsub')), levelName: level };
  }
  if (flow === undefined) throw new CompareProblem('Personr needs --flow with the exact name of a flow.');
  if (!newToken) {
    throw new CompareProblem(
      'Personr keeps one token for each user: this run makes a new one, and whatever works with the one before stops. Use a user ' +
        'made for this, and say --new-token.',
    );
  }
  const choices = { flowName: flow, entityFlowName: entityFlow, fileUrl };
  return { api, ...common, ...(await credentialOf('personr')), ...choices };
}
