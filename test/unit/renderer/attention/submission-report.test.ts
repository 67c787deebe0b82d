import { describe, expect, it } from 'vitest';
import { submissionReport, technicalForm } from '../../../../shared/util/submission-report.ts';
import { detailInTrouble, SECRETS } from './details.ts';
import { sayer } from './sayer.ts';

const report = (language: 'en' | 'de' = 'en'): string =>
  submissionReport(
    detailInTrouble(),
    { nowMs: Date.UTC(2026, 10, 22, 3, 30), version: '0.1.0', runtime: 'Electron 45' },
    sayer(language),
  );

describe('the report for IT', () => {
  it.each([...SECRETS])('does not hold %s', (secret) => {
    expect(report()).not.toContain(secret);
  });

  it('holds what IT needs: request id, time, operation, attempts, status, submission', () => {
    const text = report();
    for (const part of [
      'req_8Kd2',
      '2026-11-22T03:00:00.000Z',
      'personr.upload operation-1',
      'attempts 4',
      'record there 42x42',
      'HTTP 410; personr.refused (status=410)',
      '2026-11-22T03:00:00.000Z personr.refused (status=410); HTTP 503; Request id req_8Kd2',
      'status=410',
      'submission-1',
      '0.1.0',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('leaves out what persons did, whose reasons are free text', () => {
    expect(report()).not.toContain('ledger.voided');
  });
});

describe('its words', () => {
  it.each(['en', 'de'] as const)('are all in the catalogue (%s)', (language) => {
    expect(report(language)).not.toContain('report.');
  });
});

describe('a message without its sentence', () => {
  it('keeps only parameters that are known to be technical', () => {
    expect(technicalForm({ code: 'x', params: { name: 'Sam', status: 503 } })).toBe('x (status=503)');
    expect(technicalForm({ code: 'x', params: { name: 'Sam' } })).toBe('x');
    expect(technicalForm({ code: 'x', params: { providerField: 'name-middle' } })).toBe(
      'x (providerField=name-middle)',
    );
  });
});
