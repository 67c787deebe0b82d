import type { SubmissionDetail } from '../domain/views.ts';
import type { Message } from '../messages/types.ts';

/** Parameters that say something about the machine or the provider and never about the customer. */
const TECHNICAL_PARAMS = new Set([
  'status',
  'httpStatus',
  'statusCode',
  'attempts',
  'attempt',
  'host',
  'code',
  'limit',
  'providerField',
]);

/** What persons decided about a call at the provider. Whatever else they did may have a reason in their own words. */
const DECIDED = /^ledger\.(decided\.|redactionCalledOff$)/;

/** Longest list of answers in a report; IT wants the last ones. */
const MAX_ANSWERS = 12;

/**
 * A message as its code with technical parameters only. The sentence itself is never used: its parameters may hold a
 * file name, and a file name may hold a customer's name.
 */
export function technicalForm(message: Message): string {
  const params = Object.entries(message.params ?? {}).filter(([name]) => TECHNICAL_PARAMS.has(name));
  if (params.length === 0) return message.code;
  return `${message.code} (${params.map(([name, value]) => `${name}=${value}`).join(', ')})`;
}

const utc = (atMs: number): string => new Date(atMs).toISOString();

export interface SubmissionReportFacts {
  readonly nowMs: number;
  readonly version: string;
  readonly runtime: string;
}

/**
 * What IT needs to help with one customer: ids (ours, and those of the provider's records and requests), times, calls, HTTP statuses. It is
 * put together from an explicit list of fields that cannot hold customer data (no name, reference, operator, file name or sentence).
 * `say` puts a message of the catalogue into words.
 */
export function submissionReport(
  detail: SubmissionDetail,
  { nowMs, version, runtime }: SubmissionReportFacts,
  say: (message: Message) => string,
): string {
  const word = (name: string): string => say({ code: `report.${name}` });
  const line = (name: string, value: string): string => `${word(name)}: ${value}`;
  const lines = [
    word('customerTitle'),
    line('made', utc(nowMs)),
    line('app', `${version} (${runtime})`),
    line('submission', detail.id),
    line('connection', `${detail.provider} (${detail.connectionId})`),
    line('flow', detail.flow.id),
    line('state', [detail.state, ...detail.beside].join(', ')),
    line('cause', detail.attention?.cause ?? detail.cause ?? word('nothing')),
    line('problem', technicalForm(detail.attention?.message ?? detail.explanation)),
    '',
    `${word('calls')}:`,
  ];
  for (const operation of detail.operations) {
    const parts = [
      `  ${operation.kind} ${operation.id}: ${operation.state}`,
      `${word('attempts')} ${operation.attempts}`,
    ];
    if (operation.recordIds.length > 0) parts.push(`${word('record')} ${operation.recordIds.join(', ')}`);
    if (operation.errorStatus !== null) parts.push(`HTTP ${operation.errorStatus}`);
    if (operation.lastError !== null) parts.push(technicalForm(operation.lastError));
    if (operation.nextAt !== null) parts.push(`${word('nextTry')} ${utc(operation.nextAt)}`);
    lines.push(parts.join('; '));
  }
  if (detail.operations.length === 0) lines.push(`  ${word('nothing')}`);
  const answers = detail.timeline
    .filter((entry) => entry.kind !== 'person' || DECIDED.test(entry.message.code))
    .sort((a, b) => a.sequence - b.sequence)
    .slice(-MAX_ANSWERS);
  lines.push('', `${word('answers')}:`);
  for (const entry of answers) {
    const parts = [`  ${utc(entry.at)} ${technicalForm(entry.message)}`];
    if (entry.status !== null) parts.push(`HTTP ${entry.status}`);
    if (entry.requestId !== null) parts.push(`${word('requestId')} ${entry.requestId}`);
    lines.push(parts.join('; '));
  }
  if (answers.length === 0) lines.push(`  ${word('nothing')}`);
  lines.push('', word('privacy'));
  return lines.join('\n');
}
