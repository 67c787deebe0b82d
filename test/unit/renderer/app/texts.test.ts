import { describe, expect, it, onTestFinished } from 'vitest';
import {
  Beside,
  Cause,
  DocumentType,
  Light,
  Severity,
  Side,
  SubjectField,
  SubmissionState,
} from '../../../../shared/domain/index.ts';
import { formatMessage, i18n, text } from '../../../../renderer/i18n/index.ts';
import { ui } from '../../../../renderer/i18n/en.ts';
import { en as messages } from '../../../../shared/messages/index.ts';

describe('texts', () => {
  it('has a word for every value of the contract', () => {
    const wanted = [
      ...SubmissionState.options.map((value) => `state.${value}`),
      ...Beside.options.map((value) => `beside.${value}`),
      ...Cause.options.map((value) => `cause.${value}`),
      ...Light.options.map((value) => `light.${value}`),
      ...DocumentType.options.map((value) => `document.${value}`),
      ...Side.options.map((value) => `side.${value}`),
      ...SubjectField.options.map((value) => `field.${value}`),
      ...Severity.options.map((value) => `severity.${value}`),
    ];
    expect(wanted.filter((key) => !Object.hasOwn(ui, key))).toEqual([]);
  });

  it('uses no exclamation marks', () => {
    expect(Object.values(ui).filter((sentence) => sentence.includes('!'))).toEqual([]);
  });

  it('chooses the plural by the count', () => {
    expect(text('capture.slotBlocked', { count: 1 })).toBe('1 to fix');
    expect(text('frame.attentionCount', { count: 1 })).toBe('1 needs a person');
    expect(text('frame.attentionCount', { count: 2 })).toBe('2 need a person');
  });

  it('puts words of the contract into a sentence from main, and names a code that has none', () => {
    onTestFinished(() => {
      // It went into the catalogue itself, which later files of this program look at as well.
      Reflect.deleteProperty(messages, 'test.sentence');
    });
    i18n.addResource('en', 'messages', 'test.sentence', '{{documentType}}, {{side}}: {{file}}');
    expect(
      formatMessage({ code: 'test.sentence', params: { documentType: 'id_card', side: 'front', file: 'a<b>.jpg' } }),
    ).toBe('ID card, Front: a<b>.jpg');
    expect(formatMessage({ code: 'nobody.wrote.this' })).toContain('nobody.wrote.this');
  });
});
