import type { PersonaApi } from './persona/index.ts';
import { reviewedBetween } from './personr/index.ts';
import type { PracticeState } from './state.ts';
import type { Happened } from './webhooks.ts';

/** At most eight deliveries are documented, and five at these times in an older page; the pauses of today are not known. */
const PERSONA_SCHEDULES = {
  eight: [0, 5, 30, 120, 600, 1800, 3600, 7200],
  five: [0, 3, 18, 83, 258],
} as const;
const PERSONR_PAUSE_MS = 60_000;

/** What the practice server's webhooks say, by its switches. `origin`: of this server, once it listens. */
export function postingsOf(state: PracticeState, persona: PersonaApi, origin: () => string): Happened {
  return {
    postings: (from, until) => [
      ...persona.postings(from, until, origin()),
      ...reviewedBetween(state, from, until).map(({ id, at, body }) => ({
        api: 'personr' as const,
        id,
        name: 'reviewed',
        at,
        body: JSON.stringify(body),
      })),
    ],
    schedule(api) {
      if (api === 'persona') {
        return PERSONA_SCHEDULES[state.switches['persona.webhookSchedule']].map((seconds) => seconds * 1000);
      }
      const retries = state.switches['personr.webhookRetries'];
      return Array.from({ length: retries + 1 }, (_, attempt) => attempt * PERSONR_PAUSE_MS);
    },
    authorization(token) {
      const form = state.switches['personr.webhookHeader'];
      if (token === null || form === 'absent') return null;
      return form === 'bearer' ? `Bearer ${token}` : token;
    },
  };
}
