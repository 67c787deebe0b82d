import { resolve } from 'node:path';
import { z } from 'zod';
import { SplitBy, StackSettings } from '../../../shared/domain/index.ts';
import type { ConnectionView, StackPageView, StackView } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { findConnection } from './connections.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

/** Options of `stack begin`. */
export const NewStackOptions = z.object({
  connection: z.string(),
  flow: z.string().nullable().default(null),
  splitBy: SplitBy.default('separator'),
  pagesEach: z.coerce.number().pipe(StackSettings.shape.pagesEach).default(2),
  expect: z.coerce.number().pipe(StackSettings.shape.expectedCustomers.unwrap()).nullable().default(null),
});

/** Options of `stack split`: what `stack show` printed, so that nothing is dealt out that nobody has looked at. */
export const SplitOptions = z.object({ seen: z.string().max(100) });

/** By id or name; without a name the connection's first. Throws `SatchelFailure`. */
function findFlow({ flows }: ConnectionView, wanted: string | null): string {
  const found =
    wanted === null
      ? flows[0]
      : flows.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found.id;
  const known = flows.map(({ id }) => id).join(', ') || 'none';
  throw new SatchelFailure({
    code: 'not_found',
    message: { code: 'stack.unknownFlow', params: { flow: wanted ?? '', known } },
  });
}

const REASONS = {
  first: 'first page of the stack',
  separator: 'after a separator',
  count: 'the customer before has enough pages',
  identity: "another person's document",
  person: 'cut by hand',
} as const;

const WHYS = {
  separator: 'separator sheet',
  blank: 'blank page',
  several: 'one file with documents of several people',
  person: 'laid there by hand',
} as const;

function placeOf({ place }: StackPageView): string {
  if (place.kind === 'tray') return WHYS[place.why];
  const slot = place.slot ?? 'no slot: into the tray of the customer';
  return place.reason === null ? slot : `${slot} (${REASONS[place.reason]})`;
}

function pageLine(page: StackPageView): string {
  const sheets = (page.sheetCount ?? 1) > 1 ? `, ${page.sheetCount} sheets in one file` : '';
  return `  page ${page.position}${sheets}: ${placeOf(page)}`;
}

/** Who would get which page and why, the counts, and how it is accepted. */
function reportOf({ submissionId, pages, counts, settings, fingerprint }: StackView): string[] {
  const groups = Map.groupBy(pages, ({ place }) => (place.kind === 'tray' ? 'tray' : `customer ${place.customer}`));
  const { found, proposed, tray, dealt, customers } = counts;
  const expected = settings.expectedCustomers === null ? '' : `, ${settings.expectedCustomers} expected`;
  return [
    ...[...groups].flatMap(([name, own]) => [`${name}:`, ...own.map(pageLine)]),
    `${found} pages found = ${proposed} to customers + ${tray} in the tray + ${dealt} dealt out; ${customers} customers${expected}`,
    ...pages
      .filter(({ sheetCount }) => (sheetCount ?? 1) > 1)
      .map(
        ({ position }) =>
          `part page ${position} into its sheets with: satchel stack part ${submissionId} ${position} --seen ${fingerprint}`,
      ),
    ...(proposed === 0 ? [] : [`accept with: satchel stack split ${submissionId} --seen ${fingerprint}`]),
  ];
}

function isAsExpected({ counts, settings }: StackView): boolean {
  return settings.expectedCustomers === null || settings.expectedCustomers === counts.customers;
}

/**
 * Begins a stack in a new batch with these files in the order given, and reports as `showStack`. Exit code 3 when a file was
 * refused, or when other than the expected number of customers was found; 1 when no page came in, and then there is no stack.
 */
export function beginStack(
  { profile, output }: Invocation,
  options: z.infer<typeof NewStackOptions>,
  ...files: string[]
): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const { capture } = services;
    const connection = findConnection(services, options.connection);
    const flowId = findFlow(connection, options.flow);
    const batchId = capture.createBatch();
    const stackId = capture.createStack({
      batchId,
      connectionId: connection.id,
      flowId,
      settings: { splitBy: options.splitBy, pagesEach: options.pagesEach, expectedCustomers: options.expect },
    });
    const paths = files.map((file) => resolve(file));
    const { refused } = await capture.importFiles(paths, { submissionId: stackId, slot: null }, 'dialog');
    await capture.whenInspected();
    const stack = capture.stack(stackId);
    const refusals = (): string[] => refused.map(({ message }) => `refused: ${inEnglish(message)}`);
    if (stack.counts.found === 0) {
      // An empty one would lie at the desk, and in the next balance, for nobody. Its batch closes with it.
      capture.putStackAway(stackId);
      output.result({ stack: null, refused }, () => [...refusals(), 'no page came in, so no stack was begun']);
      return EXIT.failed;
    }
    output.result({ stack, refused }, () => [`stack ${stackId}`, ...refusals(), ...reportOf(stack)]);
    return refused.length === 0 && isAsExpected(stack) ? EXIT.ok : EXIT.partly;
  });
}

/** What is in a stack and who would get it. Exit code 3 when other than the expected number of customers was found. */
export function showStack({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const stackId = await findSubmission(services, name);
    await services.capture.whenInspected();
    const stack = services.capture.stack(stackId);
    output.result({ stack }, () => reportOf(stack));
    return isAsExpected(stack) ? EXIT.ok : EXIT.partly;
  });
}

/** A file of several sheets, by its place in the stack, becomes as many pages there; reports as `showStack`. */
export function partOfStack(
  { profile, output }: Invocation,
  { seen }: z.infer<typeof SplitOptions>,
  name = '',
  place = '',
): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const { capture } = services;
    const stackId = await findSubmission(services, name);
    await capture.whenInspected();
    const { fingerprint, pages } = capture.stack(stackId);
    // Its numbers are those that somebody has looked at.
    if (fingerprint !== seen) throw new SatchelFailure({ code: 'conflict', message: { code: 'stack.changed' } });
    const page = pages.find(({ position }) => String(position) === place);
    if (page === undefined) {
      throw new SatchelFailure({
        code: 'not_found',
        message: { code: 'stack.noSuchPage', params: { position: place } },
      });
    }
    await capture.partPage(stackId, page.id);
    await capture.whenInspected();
    const stack = capture.stack(stackId);
    output.result({ stack }, () => reportOf(stack));
    return isAsExpected(stack) ? EXIT.ok : EXIT.partly;
  });
}

/** Makes the proposed customers, if the stack is what was shown. */
export function splitStack(
  { profile, output }: Invocation,
  { seen }: z.infer<typeof SplitOptions>,
  name = '',
): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const stackId = await findSubmission(services, name);
    await services.capture.whenInspected();
    const customers = await services.capture.splitStack(stackId, seen);
    const { counts } = services.capture.stack(stackId);
    output.result({ customers, counts }, () => [
      ...customers,
      `${customers.length} customers made; ${counts.tray} pages stay in the tray of the stack`,
    ]);
    return EXIT.ok;
  });
}

/** Takes every page back into the stack, until one of its customers is released. */
export function undoStack({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const stackId = await findSubmission(services, name);
    await services.capture.undoSplit(stackId);
    const stack = services.capture.stack(stackId);
    output.result({ stack }, () => reportOf(stack));
    return EXIT.ok;
  });
}

/** Voids what is left in the tray, once everything else is dealt out. */
export function putStackAway({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const stackId = await findSubmission(services, name);
    const { counts } = services.capture.stack(stackId);
    services.capture.putStackAway(stackId);
    output.result({ voided: counts.tray }, () => [`${counts.tray} pages are kept as voided and never sent`]);
    return EXIT.ok;
  });
}
