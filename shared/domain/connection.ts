import { z } from 'zod';
import { Flow } from './flow.ts';

export const ProviderId = z.enum(['persona', 'personr']);
export type ProviderId = z.infer<typeof ProviderId>;

/** `practice`: the embedded server on this PC; nothing leaves it. */
export const Environment = z.enum(['practice', 'sandbox', 'production']);
export type Environment = z.infer<typeof Environment>;

/** Persona API versions known to the official specification (2026-08) and the newest default of its documentation. */
export const PERSONA_VERSIONS = [
  '2026-09-29',
  '2025-12-08',
  '2025-10-27',
  '2023-01-05',
  '2022-09-01',
  '2021-08-18',
  '2021-07-05',
  '2021-02-21',
  '2020-05-18',
] as const;

export const PersonaSettings = z.object({
  version: z.enum(PERSONA_VERSIONS).default('2025-12-08'),
  keyInflection: z.enum(['camel', 'kebab', 'snake']).default('kebab'),
});
export type PersonaSettings = z.infer<typeof PersonaSettings>;

/**
 * `workspace`: where new applicants belong, by its exact name. Left out: they land where the account was last, which nothing tells.
 */
export const PersonrSettings = z.object({ workspace: z.string().trim().min(1).max(120).exactOptional() });
export type PersonrSettings = z.infer<typeof PersonrSettings>;

/** Persona: one API key. */
export const PersonaCredential = z.object({ apiKey: z.string().trim().min(1) });
export type PersonaCredential = z.infer<typeof PersonaCredential>;

/** Personr: e-mail and password of a service account. */
export const PersonrCredential = z.object({ email: z.string().trim().min(3), password: z.string().min(1) });
export type PersonrCredential = z.infer<typeof PersonrCredential>;

/** https everywhere; http only to this PC itself (the practice server, a test). */
export const BaseUrl = z
  .url()
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:|\/|$))[^@]*$/i.test(text), {
    message: 'must start with https:// (http:// only for this PC, 127.0.0.1)',
  });

const common = {
  name: z.string().trim().min(1).max(80),
  environment: Environment,
  baseUrl: BaseUrl,
  flows: z.array(Flow).min(1),
};

/** What an administrator enters for a connection. The credential travels one way only: in. */
export const ConnectionInput = z.discriminatedUnion('provider', [
  z.object({
    provider: z.literal('persona'),
    ...common,
    settings: PersonaSettings,
    credential: PersonaCredential,
  }),
  z.object({
    provider: z.literal('personr'),
    ...common,
    settings: PersonrSettings,
    credential: PersonrCredential,
  }),
]);
export type ConnectionInput = z.infer<typeof ConnectionInput>;
