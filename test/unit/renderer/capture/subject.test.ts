import { describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT } from '../../../../shared/domain/index.ts';
import { changedFields, savableSubject } from '../../../../renderer/features/capture/subject.ts';

describe('savableSubject', () => {
  it('stores what is right while another field is half-typed', () => {
    const saved = { ...EMPTY_SUBJECT, email: 'old@example.com' };
    const next = savableSubject({ ...saved, givenName: ' Anna ', email: 'anna@', birthDate: '1974-08-12' }, saved);
    expect(next).toEqual({ ...saved, givenName: 'Anna', birthDate: '1974-08-12' });
  });

  it('lets a field be emptied', () => {
    const saved = { ...EMPTY_SUBJECT, phone: '+46701234567' };
    expect(savableSubject({ ...saved, phone: '' }, saved).phone).toBe('');
  });

  it('keeps what was saved for a date that does not exist', () => {
    const saved = { ...EMPTY_SUBJECT, birthDate: '1974-08-12' };
    expect(savableSubject({ ...saved, birthDate: '1974-02-30' }, saved).birthDate).toBe('1974-08-12');
  });
});

describe('changedFields', () => {
  it('compares every field', () => {
    expect(changedFields(EMPTY_SUBJECT, { ...EMPTY_SUBJECT })).toEqual({});
    expect(changedFields({ ...EMPTY_SUBJECT, givenName: 'Amelie' }, { ...EMPTY_SUBJECT, reference: 'B-1' })).toEqual({
      givenName: '',
      reference: 'B-1',
    });
  });
});
