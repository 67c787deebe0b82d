import type { ProviderId } from '../domain/index.ts';
import { personaRules } from './persona.ts';
import { personrRules } from './personr.ts';
import type { ProviderRules } from './provider-rules.ts';
import { sumsubRules } from './sumsub.ts';

export const PROVIDER_RULES: Readonly<Record<ProviderId, ProviderRules>> = {
  persona: personaRules,
  personr: personrRules,
  sumsub: sumsubRules,
};
