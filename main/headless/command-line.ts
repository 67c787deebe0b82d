import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { ColourMode, OwnerPosition, ProfileSize, ProviderId, ScanSource, SplitBy } from '../../shared/domain/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import { inEnglish } from '../words/index.ts';
import { Decision, decide } from './commands/decide.ts';
import { balance, reportOnSubmission, status, verify } from './commands/look.ts';
import {
  ChangedConnection,
  NewConnection,
  addConnection,
  exportFlows,
  settingOptions,
  listConnections,
  removeConnection,
  replaceCredential,
  reportOnConnection,
  testConnection,
  updateConnection,
} from './commands/connections.ts';
import { decideCopy } from './commands/copies.ts';
import { VoidOptions, takeBack, voidSubmission } from './commands/corrections.ts';
import { addScanner, forgetScanner, testScanner } from './commands/network-scanners.ts';
import { SameCustomerOptions, sameCustomer } from './commands/same-customer.ts';
import { ScanOptions, listScanners, scan } from './commands/scan.ts';
import { SeparatorOptions, separators } from './commands/separators.ts';
import { SendingOptions, sending } from './commands/sending.ts';
import {
  NewStackOptions,
  SplitOptions,
  beginStack,
  partOfStack,
  putStackAway,
  showStack,
  splitStack,
  undoStack,
} from './commands/stacks.ts';
import { SyncOptions, demo, importFolder, release, sync } from './commands/work.ts';
import { OwnerOptions, owner } from './commands/owners.ts';
import { KeptOptions, LinkOptions, kept, link, providerRecord } from './commands/provider.ts';
import { createRecoveryKey, unlock } from './commands/recovery.ts';
import { PinOptions, setSupervisorPin } from './commands/supervisor.ts';
import { PurgeOptions, RetentionOptions, purge, retention } from './commands/retention.ts';
import { EXIT } from './exit-codes.ts';
import { createOutput, goOnUnread } from './output.ts';
import type { Invocation } from './invocation.ts';
import { optionName } from './option-name.ts';
import { defaultProfile } from './profile.ts';

const NoOptions = z.object({});

const Globals = z.object({ profile: z.string().min(1), json: z.boolean().default(false) });

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('a number of seconds above 0');
  return value;
}

function day(text: string): string {
  if (!z.iso.date().safeParse(text).success)
    throw new InvalidArgumentError('a day as YYYY-MM-DD, for example 2026-03-31');
  return text;
}

function hash(text: string): string {
  if (!z.hash('sha256').safeParse(text).success) {
    throw new InvalidArgumentError('the 64 characters that an earlier "ledger verify" printed');
  }
  return text;
}

/** Runs one command and answers its exit code (see exit-codes.ts). Prints; never throws for what a person can cause. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  goOnUnread();
  let exitCode: number = EXIT.ok;
  const program = new Command('satchel')
    .description('Satchel without a window: the same vault, outbox and providers.')
    .option('--profile <folder>', 'profile folder', defaultProfile())
    .option('--json', 'one JSON document on standard output instead of text')
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });

  /** Wraps a command: reads the common options, parses its own, runs it, keeps its exit code. */
  const act =
    <Options>(
      schema: z.ZodType<Options>,
      run: (invocation: Invocation, options: Options, ...names: string[]) => Promise<number>,
    ) =>
    async (...given: unknown[]): Promise<void> => {
      const globals = Globals.parse(program.opts());
      const names = z.array(z.string()).parse(
        given
          .slice(0, -2)
          .flat()
          .filter((value) => value !== undefined),
      );
      const invocation = { profile: globals.profile, output: createOutput(globals.json) };
      exitCode = await run(invocation, schema.parse(given.at(-2)), ...names);
    };

  program
    .command('demo')
    .description(
      'load the specimen batch, release it, send it to the practice server and show the states as they change',
    )
    .option('--timeout <seconds>', 'longest wait for the decisions', seconds, 180)
    .action(act(z.object({ timeout: z.number() }), demo));
  program
    .command('import <folder>')
    .description('import the files named in <folder>/manifest.csv into a new batch')
    .requiredOption('--connection <name...>', 'connection (name or id) whose flows the manifest names')
    .option('--dry-run', 'check everything, import nothing')
    .addOption(
      new Option('--missing', 'go on with an earlier import: take in only what is not here yet').conflicts('again'),
    )
    .option('--again', 'import customers once more that came in by a manifest before')
    .action(
      act(
        z.object({
          connection: z.array(z.string()),
          dryRun: z.boolean().default(false),
          missing: z.boolean().default(false),
          again: z.boolean().default(false),
        }),
        importFolder,
      ),
    );
  program
    .command('scan <submission>')
    .description('scan into a submission (reference or id): a page from the glass, or all that lies in the feeder')
    .option('--scanner <id>', 'id or name of the scanner (default: the one used last)')
    .addOption(new Option('--source <source>', 'where the paper lies (default: as last)').choices(ScanSource.options))
    .option('--slot <slot>', 'slot of the first page (default: the next open one)')
    .option('--dpi <dpi>', 'resolution, remembered')
    .addOption(new Option('--colour <mode>', 'colour mode, remembered').choices(ColourMode.options))
    .addOption(new Option('--size <size>', 'size, remembered').choices(ProfileSize.options))
    .option('--wait', 'wait for paper in the feeder, remembered')
    .action(act(ScanOptions, scan));
  program.command('scanners').description('the scanners that answer now').action(act(NoOptions, listScanners));
  const scanner = program.command('scanner').description('network scanners that this PC remembers');
  scanner
    .command('add <address>')
    .description('ask what answers at a name or IP address, and remember it when it is a network scanner (eSCL)')
    .action(act(NoOptions, addScanner));
  scanner.command('test <name>').description('ask a remembered one what it can do').action(act(NoOptions, testScanner));
  scanner
    .command('forget <name>')
    .description('forget its address and its certificate')
    .action(act(NoOptions, forgetScanner));
  program
    .command('separators')
    .description('a PDF of separator sheets, to be laid between two customers of a stack')
    .requiredOption('--out <file>', 'where the PDF goes')
    .option('--count <sheets>', 'how many sheets, 1 to 200', '10')
    .addOption(new Option('--language <language>', 'of the words on them').choices(['en', 'de']).default('en'))
    .action(act(SeparatorOptions, separators));
  const stack = program.command('stack').description('the pages of several customers in one go');
  stack
    .command('begin <files...>')
    .description('a stack of these files (or all of a folder) in a new batch, and who would get which page')
    .requiredOption('--connection <name>', 'connection (name or id) of all its customers')
    .option('--flow <flow>', 'their flow (id or name; default: the first of the connection)')
    .addOption(new Option('--split-by <way>', 'where a customer ends').choices(SplitBy.options).default('separator'))
    .option('--pages-each <pages>', 'pages of each customer, for --split-by count', '2')
    .option('--expect <customers>', 'how many customers were counted')
    .action(act(NewStackOptions, beginStack));
  stack
    .command('show <stack>')
    .description('who would get which page and why (scan more with: satchel scan <stack>)')
    .action(act(NoOptions, showStack));
  stack
    .command('part <stack> <page>')
    .description('a file of several sheets becomes as many pages, in its place')
    .requiredOption('--seen <code>', 'what "stack show" printed: the pages are numbered as somebody has seen them')
    .action(act(SplitOptions, partOfStack));
  stack
    .command('split <stack>')
    .description('make the customers')
    .requiredOption('--seen <code>', 'what "stack show" printed: nothing is dealt out that nobody has looked at')
    .action(act(SplitOptions, splitStack));
  stack
    .command('undo <stack>')
    .description('take everything back, until a customer of it is released')
    .action(act(NoOptions, undoStack));
  stack.command('put-away <stack>').description('void what is left in its tray').action(act(NoOptions, putStackAway));
  program
    .command('release')
    .description('release every ready submission of a batch, or of all open batches')
    .option('--batch <number>', 'number of the batch')
    .action(act(z.object({ batch: z.string().nullable().default(null) }), release));
  program
    .command('take-back <submission>')
    .description('take one that is not sent yet back to be corrected (reference or id); the next release sends it')
    .action(act(NoOptions, takeBack));
  program
    .command('void <submission>')
    .description('end one without a decision (reference or id); nothing more of it is sent')
    .requiredOption('--reason <reason>', 'why; it stands in the ledger')
    .action(act(VoidOptions, voidSubmission));
  program
    .command('sync')
    .description('try everything now that waits, send and follow until nothing is due, or until the time is up')
    .option('--timeout <seconds>', 'longest time', seconds, 600)
    .option('--sent', 'stop when everything is sent, without waiting for decisions')
    .option('--connection <name>', 'try at once what waits for this connection only')
    .option('--submission <reference>', 'try at once this submission (reference or id) only')
    .action(act(SyncOptions, sync));
  program
    .command('sending')
    .description('show or change the hours, the bandwidth and what happens when the window is closed')
    .option('--hours <HH:MM-HH:MM>', 'send only between these times of the day, or "always"')
    .option('--limit <kbit/s>', 'most that pages may take of the line, or "none"')
    .option('--background <on|off>', 'finish sending when the window is closed')
    .action(act(SendingOptions, sending));
  program
    .command('retention')
    .description('show or change how long pages are kept after the decision')
    .option('--keep-days <days>', 'whole days, 1 to 3650, or "for-good"')
    .option('--redact <connection>', 'its provider removes the customer’s data too when pages are purged (with --yes)')
    .option('--keep-records <connection>', 'its provider keeps what it has')
    .option('--yes', 'also when customers are past it already: their pages cannot be brought back')
    .action(act(RetentionOptions, retention));
  program
    .command('purge')
    .description('destroy the pages of whoever is past the retention period (the window does so by itself)')
    .option('--dry-run', 'only count')
    .action(act(PurgeOptions, purge));
  program.command('status').description('what waits, what is stuck and why').action(act(NoOptions, status));
  program
    .command('report <submission>')
    .description(
      'what IT may send to the provider about one customer (reference or id): calls, times, request ids; holds no customer data and no credential',
    )
    .action(act(NoOptions, reportOnSubmission));
  program
    .command('decide <submission>')
    .description('what only a person can decide (reference or id); without an option: what is asked')
    .option('--retry', 'it was refused and is put right: try again')
    .option('--arrived', 'looked at the provider: it has arrived')
    .option('--not-arrived', 'looked at the provider: it has not arrived, send it')
    .option('--leave', 'what was refused is not done at all')
    .option('--record <id>', 'looked at the provider: it is there under this id (compared before it is believed)')
    .action(act(Decision, decide));
  program
    .command('owner <company> [person]')
    .description('who owns or directs a company (references or ids); without a person: who does')
    .addOption(
      new Option('--position <position>', 'what the person is to it (default: Other)').choices(OwnerPosition.options),
    )
    .option('--remove', 'the person is no owner')
    .action(act(OwnerOptions, owner));
  const provider = program.command('provider').description('what a provider answers about one customer');
  provider
    .command('link <submission>')
    .description('a retake that the customer does by themselves: prints the link, and waits for the outcome')
    .option('--back', 'the customer is back at the desk: do not wait any longer')
    .action(act(LinkOptions, link));
  provider
    .command('record <submission>')
    .description('how the customer’s record stands there, and in which fields it differs from here')
    .action(act(NoOptions, providerRecord));
  provider
    .command('kept <submission>')
    .description('the documents as the provider keeps them, in clear, for an audit')
    .requiredOption('--out <folder>', 'where the files go')
    .action(act(KeptOptions, kept));
  program
    .command('same-customer <submission>')
    .description(
      'pages that may be of two customers (reference or id): what does not agree, or that it is one all the same',
    )
    .option('--values', 'also print what stands there: personal data')
    .option('--seen <code>', 'what this command printed: nothing is decided that nobody has looked at')
    .option('--reason <text>', 'why it is the same customer; kept sealed')
    .action(act(SameCustomerOptions, sameCustomer));
  program
    .command('balance')
    .description('captured = sent + waiting + refused + voided, for one local day')
    .option('--day <YYYY-MM-DD>', 'the day (default: today)', day)
    .action(act(z.object({ day: z.string().nullable().default(null) }), balance));

  const connection = program.command('connection').description('provider accounts');
  connection.command('list').action(act(NoOptions, listConnections));
  const add = connection
    .command('add')
    .description('add a connection; the credential is read from standard input, as JSON or, where it is one key, bare')
    .addOption(
      new Option('--provider <provider>', 'whose account it is').choices(ProviderId.options).makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'how the branch calls it')
    .addOption(
      new Option('--environment <environment>', 'which of its accounts')
        .choices(['sandbox', 'production'])
        .default('sandbox'),
    )
    .option('--base-url <url>', 'default: the documented address of the provider')
    .requiredOption('--flows <file>', 'JSON file with the flows (see docs/connections.md)')
    .action(act(NewConnection, addConnection));
  const update = connection
    .command('update <name>')
    .description('change a connection in use: what is left out stays, and customers at the desk follow changed flows')
    .option('--name <name>', 'how the branch calls it from now on')
    .option('--base-url <url>', 'another one of the provider’s own addresses')
    .option('--flows <file>', 'JSON file with all its flows, as "connection export" prints them')
    .option('--dry-run', 'only say what would change')
    .action(act(ChangedConnection, updateConnection));
  for (const { flag, choices } of ProviderId.options.flatMap(settingOptions)) {
    const words = choices === null ? 'a text; see docs/connections.md' : `one of ${choices.join(', ')}`;
    for (const command of [add, update]) command.option(`--${flag} <value>`, words);
  }
  connection
    .command('export <name>')
    .description('print its flows as JSON, for "connection update --flows"')
    .action(act(NoOptions, exportFlows));
  connection
    .command('credential <name>')
    .description('put another credential in the place of its own; read from standard input, as for "connection add"')
    .action(act(NoOptions, replaceCredential));
  connection.command('test <name>').action(act(NoOptions, testConnection));
  connection
    .command('report <name>')
    .description('why this connection waits, for IT; holds no customer data and no credential')
    .action(act(NoOptions, reportOnConnection));
  connection.command('remove <name>').action(act(NoOptions, removeConnection));

  program
    .command('ledger')
    .description('the append-only record')
    .command('verify')
    .description('check the hash chain; exit code 1 when a row was altered, removed or put in')
    .option('--head <hash>', 'the head that an earlier check printed: it must still be there', hash)
    .action(act(z.object({ head: z.string().nullable().default(null) }), verify));
  const copies = program.command('profile').description('a profile that may be a copy of another one');
  copies
    .command('moved')
    .description('it was moved here; the old place is not used any more, and nothing was sent there since')
    .action(act(NoOptions, decideCopy('moved')));
  copies
    .command('older-copy')
    .description('it is an older copy and the original is not used any more: look up what is open before sending it')
    .action(act(NoOptions, decideCopy('older_copy')));
  program
    .command('supervisor')
    .description('the second person; see docs/adr/0052-supervisor.md')
    .command('set-pin')
    .description(
      'set the supervisor’s PIN from standard input: first the present one, where one is set, then the new one on a line of its own',
    )
    .option('--recovery-key', 'the first line is the recovery key of the vault, because the present PIN is forgotten')
    .action(act(PinOptions, setSupervisorPin));
  const recovery = program.command('recovery').description('the recovery key of the vault');
  recovery
    .command('create')
    .description('make a recovery key and print it once')
    .action(act(NoOptions, createRecoveryKey));
  recovery
    .command('unlock')
    .description('open the vault with the recovery key, read from standard input')
    .action(act(NoOptions, unlock));

  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof SatchelFailure) {
      process.stderr.write(`satchel: ${inEnglish(error.failure.message)}\n`);
      return error.failure.code === 'invalid_input' ? EXIT.usage : EXIT.failed;
    }
    if (error instanceof z.ZodError) {
      for (const issue of error.issues) {
        process.stderr.write(`satchel: ${optionsOf(issue)}: ${issue.message}\n`);
      }
      return EXIT.usage;
    }
    if (isDiskFull(error)) {
      process.stderr.write(`satchel: ${inEnglish({ code: 'start.diskFull' })}\n`);
      return EXIT.failed;
    }
    process.stderr.write(
      `satchel: unexpected ${error instanceof Error ? error.name : 'error'}; see logs/ in the profile\n`,
    );
    return EXIT.internal;
  }
  return exitCode;
}

/** The options that a value was given with. */
function optionsOf({ path }: z.core.$ZodIssue): string {
  return path.map((part) => `--${optionName(String(part))}`).join(' ');
}
