import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CredentialMissing } from '../../../main/providers/port.ts';
import {
  APPEARANCE,
  createConnections,
  ensurePracticeConnections,
  readSetting,
  writeSetting,
} from '../../../main/settings/index.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { newCustomer, openDesk } from '../capture/desk.ts';
import type { Desk } from '../capture/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

const input = {
  provider: 'personr' as const,
  name: 'Branch 7',
  environment: 'production' as const,
  baseUrl: 'https://enterprise.example.invalid/api/1.1/wf',
  flows: [...practiceFlows('personr')],
  settings: {},
  credential: { email: 'service@example.invalid', password: 'correct horse' },
};

describe('connections', () => {
  it('keep their credential sealed, out of every view, and open it for a call', () => {
    const id = desk.connections.create(input);
    expect(desk.connections.credential(id)).toEqual(input.credential);
    const view = desk.connections.views().find((connection) => connection.id === id);
    expect(view).toMatchObject({ name: 'Branch 7', hasCredential: true, pause: null });
    const row = desk.db.get<Record<string, unknown>>('SELECT * FROM connections WHERE id = ?', [id]);
    const bytes = Buffer.from(z.instanceof(Uint8Array).parse(row?.['credential_sealed']));
    expect(bytes.includes('horse') || bytes.includes('service@')).toBe(false);
    expect(JSON.stringify([view, { ...row, credential_sealed: null }])).not.toContain('horse');
  });

  it('do not open a credential that was moved to another row', () => {
    const first = desk.connections.create(input);
    const second = desk.connections.create({ ...input, credential: { email: 'other@example.invalid', password: 'x' } });
    desk.db.transaction((db) => {
      db.run(
        'UPDATE connections SET credential_sealed = (SELECT credential_sealed FROM connections WHERE id = ?) WHERE id = ?',
        [first, second],
      );
    });
    expect(() => desk.connections.credential(second)).toThrow(CredentialMissing);
  });

  it('refuse a credential of the other provider and forget the token of an old one', async () => {
    const id = desk.connections.create(input);
    expect(() => {
      desk.connections.setCredential(id, { apiKey: 'persona_sandbox_x' });
    }).toThrow(z.ZodError);
    await desk.connections.tokens(id).renew(null, () => Promise.resolve({ token: 'bus|1|1', expiresAtMs: 9 }));
    const pause = { cause: 'sign_in', message: { code: 'personr.signIn' }, untilMs: null, probeOperationId: null };
    desk.db.transaction((transaction) => {
      transaction.run('UPDATE connections SET pause = ? WHERE id = ?', [JSON.stringify(pause), id]);
    });
    expect(desk.connections.get(id).pause).toMatchObject(pause);
    desk.connections.setCredential(id, { email: 'new@example.invalid', password: 'y' });
    expect(desk.connections.tokens(id).read()).toBeNull();
    expect(desk.connections.get(id).pause).toBeNull();
  });

  it('mint one token at a time, durably before it is used, and none when somebody was faster', async () => {
    const id = desk.connections.create(input);
    let minted = 0;
    const mint = async () => {
      minted += 1;
      const token = `bus|${minted}`;
      await new Promise((resolve) => setImmediate(resolve));
      return { token, expiresAtMs: 1_000 + minted };
    };
    const tokens = desk.connections.tokens(id);
    const all = await Promise.all([
      tokens.renew(null, mint),
      tokens.renew(null, mint),
      desk.connections.tokens(id).renew(null, mint),
    ]);
    expect([minted, new Set(all.map(({ token }) => token)).size]).toEqual([1, 1]);
    // Another object on the same database, as after a restart.
    const restarted = createConnections({
      db: desk.db,
      cipher: desk.cipher,
      clock: { now: () => desk.clock.at, monotonic: () => 0 },
      newId: () => 'unused',
    });
    expect(restarted.tokens(id).read()).toEqual({ token: 'bus|1', expiresAtMs: 1_001 });
    expect((await restarted.tokens(id).renew('bus|1', mint)).token).toBe('bus|2');
    expect((await restarted.tokens(id).renew('bus|1', mint)).token).toBe('bus|2');
    expect(minted).toBe(2);
  });

  it('go on minting after one attempt failed', async () => {
    const tokens = desk.connections.tokens(desk.connections.create(input));
    const failing = tokens.renew(null, () => Promise.reject(new Error('no network')));
    const next = tokens.renew(null, () => Promise.resolve({ token: 'bus|1', expiresAtMs: 5 }));
    await expect(failing).rejects.toThrow('no network');
    expect((await next).token).toBe('bus|1');
  });

  it('are removed with their secrets, but not while a submission needs them', () => {
    const { submissionId } = newCustomer(desk);
    expect(() => {
      desk.connections.remove(desk.personaId);
    }).toThrow('connection.inUse');
    desk.capture.voidSubmission(submissionId, 'only a test');
    desk.connections.remove(desk.personaId);
    expect(desk.connections.list().map(({ id }) => id)).toEqual([desk.personrId]);
    expect(() => desk.connections.credential(desk.personaId)).toThrow(CredentialMissing);
    expect(desk.capture.submission(submissionId).connectionName).toBe('Practice: Persona');
  });

  it('of practice follow the port of the practice server and are made only once', () => {
    expect(ensurePracticeConnections(desk.connections, 5000)).toEqual([desk.personaId, desk.personrId]);
    expect(desk.connections.list().map(({ baseUrl }) => baseUrl)).toEqual([
      'http://127.0.0.1:5000/persona/api/v1',
      'http://127.0.0.1:5000/personr/api/1.1/wf',
    ]);
    expect(desk.connections.credential(desk.personaId)).toEqual({ apiKey: 'persona_sandbox_practice' });
  });
});

describe('settings', () => {
  it('hold over a restart and fall back when they cannot be read', () => {
    expect(readSetting(desk.db, APPEARANCE).theme).toBe('system');
    writeSetting(desk.db, APPEARANCE, { theme: 'dark', language: 'de' });
    expect(readSetting(desk.db, APPEARANCE)).toEqual({ theme: 'dark', language: 'de' });
    desk.db.transaction((db) => {
      db.run('UPDATE settings SET value = \'{"theme":"neon"}\'');
    });
    expect(readSetting(desk.db, APPEARANCE)).toEqual(APPEARANCE.fallback);
  });
});
