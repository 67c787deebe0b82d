import { PersonaSettings, tagsIn } from '../../../shared/domain/index.ts';
import type { PlanInput } from '../port.ts';

/** What the organisation wants inquiries and transactions to be found by in Persona's dashboard. */
export function tagsOf({ settings }: Pick<PlanInput, 'settings'>): string[] {
  return tagsIn(PersonaSettings.parse(settings ?? {}).tags);
}
