/**
 * `npm run practice [-- --port 8787 --switches practice.json --database practice.sqlite3]`: the practice server by itself, with
 * its page for a browser. `npm run practice -- --write-switches practice.json` writes the switch file to begin with;
 * `npm run practice -- compare --help` says how a real sandbox account is held against it.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { compareCommand } from './practice/compare/command.ts';
import { CompareProblem } from './practice/compare/index.ts';
import { serve, ServeProblem } from './practice/serve.ts';
import { SwitchFileProblem, writeExample } from './practice/switch-file.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function portNumber(text: string): number {
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(text);
  if (!port.success) throw new InvalidArgumentError('a port is a whole number from 0 (any that is free) to 65535');
  return port.data;
}

const ServeArguments = z.object({
  port: z.number(),
  switches: z.string().min(1).optional(),
  database: z.string().min(1).optional(),
  writeSwitches: z.string().min(1).optional(),
  personaWebhook: z.string().min(1).optional(),
  personrWebhook: z.string().min(1).optional(),
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const warn = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const program = new Command('npm run practice --')
  .description('The practice server: Persona, Personr and Sumsub on this PC, with a page that shows what arrives.')
  .option('--port <number>', 'port on 127.0.0.1', portNumber, 8787)
  .option('--switches <file>', 'JSON file with switches; a change is taken while the server runs')
  .option('--database <file>', 'keeps what it receives in this file (otherwise it is forgotten at the end)')
  .option('--persona-webhook <address>', 'sends Persona’s events there, on this PC: http://127.0.0.1:…')
  .option('--personr-webhook <address>', 'sends the end of each check at Personr there, on this PC')
  .option('--write-switches <file>', 'writes a switch file with every assumed value, and ends')
  .exitOverride()
  .enablePositionalOptions()
  .showHelpAfterError()
  .action(async (given: unknown) => {
    const { port, switches, database, writeSwitches, ...webhooks } = ServeArguments.parse(given);
    if (writeSwitches !== undefined) {
      await writeExample(writeSwitches);
      say(`Written: ${writeSwitches}. Use it with --switches ${writeSwitches}`);
      return;
    }
    const { personaWebhook = null, personrWebhook = null } = webhooks;
    const addresses = { persona: personaWebhook, personr: personrWebhook };
    await serve({ port, database: database ?? null, switchFile: switches ?? null, webhooks: addresses, say, warn });
  });

program.addCommand(compareCommand(say).exitOverride().showHelpAfterError());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else if (error instanceof ServeProblem || error instanceof CompareProblem) {
    warn(error.message);
    process.exitCode = EXIT_FAILED;
  } else if (error instanceof SwitchFileProblem) {
    warn(error.message);
    process.exitCode = EXIT_USAGE;
  } else {
    throw error;
  }
}
