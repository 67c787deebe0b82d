import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../../shared/domain/index.ts';
import { connectionReport } from '../../../../shared/util/connection-report.ts';
import { sayer } from './sayer.ts';

const AT = Date.UTC(2026, 10, 22, 3, 30);

const connection: ConnectionView = {
  id: 'connection-1',
  provider: 'persona',
  nameKey: null,
  name: 'Branch of Sam Secret',
  environment: 'production',
  baseUrl: 'https://api.example.test/secret-path/v1',
  flows: [],
  settings: {},
  hasCredential: true,
  pause: {
    cause: 'call_it',
    message: { code: 'network.certificateUntrusted' },
    untilMs: AT + 60_000,
    sinceMs: AT - 3_600_000,
    failures: 3,
    seen: {
      at: AT - 1_000,
      host: 'api.example.test',
      status: null,
      contentType: null,
      redirectHost: null,
      fault: 'certificate_untrusted',
      certificate: {
        issuer: 'Filter of the Bank',
        subject: 'api.example.test',
        validFromMs: AT - 1,
        validToMs: AT + 1,
      },
      proxyStatus: null,
      clockOffByMs: -7_200_000,
      requestId: 'req_1',
    },
  },
};

const facts = { nowMs: AT, version: '0.1.0', runtime: 'Electron 45', clockOffByMs: null };

describe.each(['en', 'de'] as const)('the report on a connection (%s)', (language) => {
  const text = connectionReport(connection, facts, sayer(language));

  it('holds what IT needs', () => {
    for (const part of [
      'api.example.test',
      'network.certificateUntrusted: ',
      'Filter of the Bank',
      'certificate_untrusted',
      '2026-11-22T03:29:59.000Z',
      '-7200 s',
      'req_1',
      'connection-1',
    ]) {
      expect(text).toContain(part);
    }
    expect(text.split('\n').some((line) => line.startsWith('report.'))).toBe(false);
  });

  it('holds neither a path nor what people typed', () => {
    expect(text).not.toContain('secret');
    expect(text).not.toContain('Sam');
  });
});

it('a connection that works has a report too', () => {
  expect(connectionReport({ ...connection, pause: null }, facts, sayer('en'))).toMatch(/Problem: none$/);
});
