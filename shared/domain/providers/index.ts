import { z } from 'zod';
import type { ProviderDescriptor, ProviderSettings } from './descriptor.ts';
import { persona } from './persona.ts';
import { personr } from './personr.ts';
import { sumsub } from './sumsub.ts';

export type * from './descriptor.ts';
export { PERSONA_VERSIONS, PersonaCredential, PersonaRoute, PersonaSettings, tagsIn } from './persona.ts';
export { PERSONR_DOC_TYPE, PersonrCredential, PersonrSettings } from './personr.ts';
export { SumsubCredential } from './sumsub.ts';

/** Every provider, in the order in which they are offered. */
export const PROVIDER_DESCRIPTORS = { persona, personr, sumsub } as const satisfies Readonly<
  Record<string, ProviderDescriptor>
>;

/** The one that is chosen until somebody chooses. */
export const DEFAULT_PROVIDER = persona.id;

export type ProviderId = keyof typeof PROVIDER_DESCRIPTORS;
/** The same, for reading what is stored or typed. */
export const ProviderId = z.enum(Object.values(PROVIDER_DESCRIPTORS).map(({ id }) => id));

/** What a new connection to this provider begins with. */
export function newSettings(provider: ProviderId): ProviderSettings {
  const { settings, settingFields }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const initial = settingFields.flatMap((field) => (field.initial === undefined ? [] : [[field.key, field.initial]]));
  return settings.parse(Object.fromEntries(initial));
}
