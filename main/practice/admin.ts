import { z } from 'zod';
import { Fault, type FaultScript } from './faults.ts';
import type { PersonrUser } from './personr/index.ts';
import { APIS, DECISION_FORM, type PracticeState } from './state.ts';
import type { SumsubToken } from './sumsub/index.ts';
import { PRACTICE_SWITCHES } from './switches.ts';

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

const Decision = z.object({
  decision: z.string().regex(DECISION_FORM),
  /** The next document that this API receives; or, with `id`, a document or applicant that is there already. */
  api: z.enum(APIS).default('persona'),
  id: z.string().optional(),
});

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
  #credentials: Credentials = DEFAULT_CREDENTIALS;

  constructor(state: PracticeState, faults: FaultScript) {
    this.#state = state;
    this.#faults = faults;
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
        return this.#decide(Decision.parse(body));
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
      case 'POST /reset':
        this.#state.reset();
        this.#faults.clear();
        this.#credentials = DEFAULT_CREDENTIALS;
        return {};
      default:
        throw new RangeError(`there is no call ${call}`);
    }
  }

  #decide({ decision, api, id }: z.infer<typeof Decision>): unknown {
    if (id === undefined) {
      this.#state.addNextDecision(api, decision);
      return {};
    }
    return this.#state.db.transaction((db) => {
      if (db.run('UPDATE documents SET decision = ? WHERE document_id = ?', [decision, id]).changes === 1) return {};
      const [kind = '', value = ''] = decision.split('=', 2);
      const outcome = kind === 'reject' || kind === 'errored' ? 'retry' : kind === 'final' ? 'final' : decision;
      const labels = kind === 'reject' || kind === 'final' ? value.split(',') : [];
      const { changes } = db.run('UPDATE applicants SET outcome = ?, reject_labels = ? WHERE applicant_id = ?', [
        outcome,
        JSON.stringify(labels),
        id,
      ]);
      if (changes === 0) throw new RangeError('there is no document or applicant with this id');
      return {};
    });
  }
}
