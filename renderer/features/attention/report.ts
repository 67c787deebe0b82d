import type { Message } from '../../../shared/messages/index.ts';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';

/** Words of the report, so that it follows the language of the desk. */
export interface ReportWords {
  title: string;
  made: string;
  app: string;
  submission: string;
  provider: string;
  flow: string;
  state: string;
  cause: string;
  problem: string;
  operations: string;
  attempts: string;
  nextTry: string;
  answers: string;
  requestId: string;
  record: string;
  none: string;
  privacy: string;
}

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

/**
 * What IT needs to help: ids (ours, and those of the provider's records and requests), times, calls, HTTP statuses. It is put together from an explicit
 * list of fields that cannot hold customer data (no name, reference, operator, file name or sentence).
 */
export function buildReport(
  detail: SubmissionDetail,
  words: ReportWords,
  facts: { nowMs: number; version: string; runtime: string },
): string {
  const lines = [
    words.title,
    `${words.made}: ${utc(facts.nowMs)}`,
    `${words.app}: ${facts.version} (${facts.runtime})`,
    `${words.submission}: ${detail.id}`,
    `${words.provider}: ${detail.provider} (${detail.connectionId})`,
    `${words.flow}: ${detail.flow.id}`,
    `${words.state}: ${[detail.state, ...detail.beside].join(', ')}`,
    `${words.cause}: ${detail.attention?.cause ?? detail.cause ?? words.none}`,
    `${words.problem}: ${technicalForm(detail.attention?.message ?? detail.explanation)}`,
    '',
    `${words.operations}:`,
  ];
  for (const operation of detail.operations) {
    const parts = [
      `  ${operation.kind} ${operation.id}: ${operation.state}`,
      `${words.attempts} ${operation.attempts}`,
    ];
    if (operation.recordIds.length > 0) parts.push(`${words.record} ${operation.recordIds.join(', ')}`);
    if (operation.errorStatus !== null) parts.push(`HTTP ${operation.errorStatus}`);
    if (operation.lastError !== null) parts.push(technicalForm(operation.lastError));
    if (operation.nextAt !== null) parts.push(`${words.nextTry} ${utc(operation.nextAt)}`);
    lines.push(parts.join('; '));
  }
  if (detail.operations.length === 0) lines.push(`  ${words.none}`);
  const answers = detail.timeline
    .filter((entry) => entry.kind !== 'person')
    .sort((a, b) => a.sequence - b.sequence)
    .slice(-MAX_ANSWERS);
  lines.push('', `${words.answers}:`);
  for (const entry of answers) {
    const parts = [`  ${utc(entry.at)} ${technicalForm(entry.message)}`];
    if (entry.status !== null) parts.push(`HTTP ${entry.status}`);
    if (entry.requestId !== null) parts.push(`${words.requestId} ${entry.requestId}`);
    lines.push(parts.join('; '));
  }
  if (answers.length === 0) lines.push(`  ${words.none}`);
  lines.push('', words.privacy);
  return lines.join('\n');
}
