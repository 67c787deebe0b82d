import { Command, Option } from 'commander';
import { z } from 'zod';
import { PRACTICE_SWITCHES } from '../../../main/practice/index.ts';
import { readSwitches, type Switches } from '../switch-file.ts';
import { credentialOf } from './credential.ts';
import { compare, CompareProblem, writeRecording, type Account } from './index.ts';

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
  flow: z.string().min(1).optional(),
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
    .option('--flow <name>', 'Personr: the exact name of a flow')
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

async function run(options: Arguments, say: (line: string) => void): Promise<number> {
  const switches = options.switches === undefined ? {} : await readSwitches(options.switches);
  const { calls, differences, recording } = await compare(await accountOf(options), switches);
  for (const { name, call, found, switches: deciding } of differences) {
    say(`\n${name} (${call})`);
    for (const sentence of found) say(`  ${sentence}`);
    for (const text of deciding) say(`  practice: ${switchLine(text, switches)}`);
  }
  say(
    `\n${calls} calls, ${differences.length === 0 ? 'all answered alike' : `${differences.length} answered otherwise`}.`,
  );
  if (options.recording !== undefined) {
    await writeRecording(options.recording, recording);
    say(`Written: ${options.recording}. It holds statuses, header names and types, no value.`);
  }
  return differences.length === 0 ? 0 : EXIT_DIFFERENT;
}

function switchLine(name: string, switches: Switches): string {
  const definition = Object.entries(PRACTICE_SWITCHES).find(([known]) => known === name)?.[1];
  if (definition === undefined) return name;
  const values =
    definition.kind === 'choice' ? definition.values.join(', ') : `${definition.minimum} to ${definition.maximum}`;
  return `${name} is ${switches[name] ?? definition.default} (of ${values})`;
}

async function accountOf({
  api,
  baseUrl,
  version,
  template,
  flow,
  level,
  newToken,
  wait,
}: Arguments): Promise<Account> {
  const common = { baseUrl: baseUrl.replace(/\/$/, ''), waitMs: wait * 1000 };
  if (api === 'persona') {
    const { apiKey } = await credentialOf('persona');
    return { api, ...common, apiKey, version, template: template ?? null };
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
  return { api, ...common, ...(await credentialOf('personr')), flowName: flow };
}
