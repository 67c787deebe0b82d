import { z } from 'zod';
import { readBoard, type BoardSources } from './board/read.ts';
import type { Access } from './board/types.ts';
import { decide, Decision } from './decisions.ts';
import { Fault, type FaultScript } from './faults.ts';
import { KNOWN_LABELS } from './labels.ts';
import type { PersonrUser } from './personr/index.ts';
import type { PracticeState } from './state.ts';
import type { SumsubToken } from './sumsub/index.ts';
import { PRACTICE_SWITCHES } from './switches.ts';
import { Targets, type Webhooks } from './webhooks.ts';

/** Who may call the APIs; changed by a test that revokes a credential. Never written to disk. */
export interface Credentials {
  personaApiKeys: readonly string[];
  personrUsers: readonly PersonrUser[];
  sumsubTokens: readonly SumsubToken[];
}

export const DEFAULT_CREDENTIALS: Credentials = {
  personaApiKeys: ['persona_sandbox_practice'],
  personrUsers: [{ email: 'practice@satchel.invalid', password: 'practice' }],
  sumsubTokens: [{ appToken: 'sbx:practice', secretKey: 'practice' }],
};

/** Where a program reaches each API, and the first credential that works there. */
export function accessOf({ personaApiKeys, personrUsers, sumsubTokens }: Credentials): Access[] {
  const [user] = personrUsers;
  const [token] = sumsubTokens;
  return [
    { api: 'Persona', path: '/persona/api/v1', credential: personaApiKeys[0] ?? '' },
    {
      api: 'Personr',
      path: '/personr/api/1.1/wf',
      credential: user === undefined ? '' : `${user.email} / ${user.password}`,
    },
    {
      api: 'Sumsub',
      path: '/sumsub',
      credential: token === undefined ? '' : `${token.appToken} / ${token.secretKey}`,
    },
  ];
}

const NewCredentials = z.object({
  personaApiKeys: z.array(z.string().min(1)).optional(),
  personrUsers: z.array(z.object({ email: z.string().min(1), password: z.string().min(1) })).optional(),
  sumsubTokens: z.array(z.object({ appToken: z.string().min(1), secretKey: z.string().min(1) })).optional(),
});

export interface AdminReply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The calls under /practice/, for tests and for a person who plays the provider: what arrived, how often each file, the
 * records as a dashboard shows them (and deletes them), the switches, the next decision, the fault script. The caller has
 * checked the admin token.
 */
export class PracticeAdmin {
  readonly #state: PracticeState;
  readonly #faults: FaultScript;
  readonly #now: () => number;
  /** Set after construction: who may call Persona is asked here. */
  persona: BoardSources['persona'] = { listed: () => [] };
  /** Set after construction: it asks the APIs what has happened. */
  webhooks: Pick<Webhooks, 'configure' | 'attempts'> = { configure: () => undefined, attempts: [] };
  #credentials: Credentials = DEFAULT_CREDENTIALS;

  constructor(state: PracticeState, faults: FaultScript, now: () => number) {
    this.#state = state;
    this.#faults = faults;
    this.#now = now;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  handle(method: string, path: string, body: unknown): AdminReply {
    try {
      return { status: 200, body: this.#route(`${method} ${path}`, body) };
    } catch (error) {
      if (error instanceof z.ZodError) return { status: 400, body: { problem: z.prettifyError(error) } };
      if (error instanceof RangeError) return { status: 400, body: { problem: error.message } };
      throw error;
    }
  }

  #route(call: string, body: unknown): unknown {
    switch (call) {
      case 'POST /board': {
        const { after } = z.object({ after: z.number().int().min(0).default(0) }).parse(body);
        return readBoard({ state: this.#state, faults: this.#faults, persona: this.persona }, this.#now(), after);
      }
      case 'POST /holding':
        this.#state.setHolding(z.object({ isHolding: z.boolean() }).parse(body).isHolding);
        return {};
      case 'GET /labels':
        return { labels: KNOWN_LABELS };
      case 'GET /access':
        return { access: accessOf(this.#credentials) };
      case 'GET /requests':
        return { requests: this.#state.requests() };
      case 'GET /records':
        return this.#state.records();
      case 'POST /forget':
        this.#state.forget(z.object({ id: z.string() }).parse(body).id);
        return {};
      case 'GET /files':
        return { files: this.#state.fileCounts() };
      case 'GET /switches':
        return { switches: this.#state.switches, definitions: PRACTICE_SWITCHES };
      case 'POST /switches':
        this.#state.setSwitches(z.record(z.string(), z.union([z.string(), z.number()])).parse(body));
        return { switches: this.#state.switches };
      case 'POST /decision':
        decide(this.#state, Decision.parse(body), this.#now());
        return {};
      case 'GET /faults':
        return { waiting: this.#faults.waiting };
      case 'POST /faults': {
        const { faults } = z.object({ faults: z.array(Fault) }).parse(body);
        for (const fault of faults) this.#faults.add(fault);
        return { waiting: this.#faults.waiting };
      }
      case 'DELETE /faults':
        this.#faults.clear();
        return { waiting: 0 };
      case 'POST /credentials': {
        const { personaApiKeys, personrUsers, sumsubTokens } = NewCredentials.parse(body);
        this.#credentials = {
          personaApiKeys: personaApiKeys ?? this.#credentials.personaApiKeys,
          personrUsers: personrUsers ?? this.#credentials.personrUsers,
          sumsubTokens: sumsubTokens ?? this.#credentials.sumsubTokens,
        };
        return {};
      }
      case 'POST /webhooks':
        this.webhooks.configure(Targets.parse(body));
        return {};
      case 'GET /webhooks':
        return { attempts: this.webhooks.attempts };
      case 'POST /reset':
        this.#state.reset();
        this.#faults.clear();
        this.#credentials = DEFAULT_CREDENTIALS;
        return {};
      default:
        throw new RangeError(`there is no call ${call}`);
    }
  }
}
