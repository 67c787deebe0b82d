import type { ConnectionView } from '../domain/views.ts';
import type { Message } from '../messages/types.ts';

export interface ReportFacts {
  readonly nowMs: number;
  readonly version: string;
  readonly runtime: string;
  /** As in `StatusView`. */
  readonly clockOffByMs: number | null;
}

const utc = (atMs: number): string => new Date(atMs).toISOString();
const seconds = (ms: number): string => `${ms >= 0 ? '+' : ''}${Math.round(ms / 1_000)} s`;

/**
 * Why a connection waits, for IT to help: host, status, certificate, clock, request id, times. Put together from an
 * explicit list of fields that hold nothing of a customer's and no credential; what people typed (the connection's name)
 * is left out. `say` puts a message of the catalogue into words.
 */
export function connectionReport(
  { id, provider, environment, baseUrl, pause }: ConnectionView,
  { nowMs, version, runtime, clockOffByMs }: ReportFacts,
  say: (message: Message) => string,
): string {
  const line = (word: string, value: string | number): string => `${say({ code: `report.${word}` })}: ${value}`;
  const lines = [
    say({ code: 'report.title' }),
    line('made', utc(nowMs)),
    line('app', `${version} (${runtime})`),
    line('connection', `${provider}, ${environment} (${id})`),
    line('host', /^https?:\/\/([^/]+)/.exec(baseUrl)?.[1] ?? '-'),
  ];
  if (clockOffByMs !== null) lines.push(line('clock', seconds(clockOffByMs)));
  if (pause === null) return [...lines, line('problem', say({ code: 'report.none' }))].join('\n');
  lines.push(line('cause', pause.cause), line('problem', `${pause.message.code}: ${say(pause.message)}`));
  if (pause.sinceMs !== null) lines.push(line('since', utc(pause.sinceMs)));
  lines.push(line('tests', pause.failures));
  if (pause.untilMs !== null) lines.push(line('nextTest', utc(pause.untilMs)));
  const { seen } = pause;
  if (seen !== null) {
    lines.push('', line('seen', utc(seen.at)), line('host', seen.host));
    const facts: readonly (readonly [string, string | number | null])[] = [
      ['fault', seen.fault],
      ['status', seen.status],
      ['contentType', seen.contentType],
      ['redirect', seen.redirectHost],
      ['proxyStatus', seen.proxyStatus],
      ['issuer', seen.certificate?.issuer ?? null],
      ['subject', seen.certificate?.subject ?? null],
      [
        'valid',
        seen.certificate === null ? null : `${utc(seen.certificate.validFromMs)} … ${utc(seen.certificate.validToMs)}`,
      ],
      ['clock', seen.clockOffByMs === null ? null : seconds(seen.clockOffByMs)],
      ['requestId', seen.requestId],
    ];
    for (const [word, value] of facts) if (value !== null) lines.push(line(word, value));
  }
  lines.push('', say({ code: 'report.privacy' }));
  return lines.join('\n');
}
