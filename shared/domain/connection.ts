import { z } from 'zod';
import { Flow, isForEntity } from './flow.ts';
import type { FlowRoute } from './flow.ts';
import { PROVIDER_DESCRIPTORS, ProviderId } from './providers/index.ts';
import type { ProviderDescriptor, ProviderTypeForm } from './providers/index.ts';

/** `practice`: the embedded server on this PC; nothing leaves it. */
export const Environment = z.enum(['practice', 'sandbox', 'production']);
export type Environment = z.infer<typeof Environment>;

/** https everywhere; http only to this PC itself (the practice server, a test). */
export const BaseUrl = z
  .url()
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:|\/|$))[^@]*$/i.test(text), {
    message: 'must start with https:// (http:// only for this PC, 127.0.0.1)',
  });

/** A flow whose route, where it has one, is one of the provider's. */
function routed(schema: z.ZodType<FlowRoute>) {
  return Flow.extend({ route: schema.exactOptional() });
}

/** Says which document of a flow for persons the provider writes in another form. A company's documents are text for people. */
function checkProviderTypes(
  { pattern, problem }: ProviderTypeForm,
  context: z.core.ParsePayload<readonly Flow[]>,
): void {
  const { value: flows, issues } = context;
  for (const [flowIndex, flow] of flows.entries()) {
    if (isForEntity(flow)) continue;
    for (const [index, { accepts }] of flow.requirements.entries()) {
      for (const [acceptedIndex, { providerType }] of accepts.entries()) {
        if (pattern.test(providerType)) continue;
        const path = [flowIndex, 'requirements', index, 'accepts', acceptedIndex, 'providerType'];
        issues.push({ code: 'custom', input: providerType, message: problem, path });
      }
    }
  }
}

/** The position of everything that an earlier item equals. */
function repeated(items: readonly string[]): number[] {
  return items.flatMap((item, index) => (items.indexOf(item) < index ? [index] : []));
}

/** Says what stands there twice: customers, slots and pages are found by these, so they could not be told apart. */
function checkDoubles({ value: flows, issues }: z.core.ParsePayload<readonly Flow[]>): void {
  const say = (items: readonly string[], message: string, pathOf: (index: number) => (string | number)[]): void => {
    for (const index of repeated(items)) {
      issues.push({ code: 'custom', input: items[index], message, path: pathOf(index) });
    }
  };
  const another = 'stands there twice; give each an id of its own';
  say(
    flows.map(({ id }) => id),
    another,
    (index) => [index, 'id'],
  );
  for (const [flowIndex, { requirements }] of flows.entries()) {
    const at = (...path: (string | number)[]) => [flowIndex, 'requirements', ...path];
    say(
      requirements.map(({ id }) => id),
      another,
      (index) => at(index, 'id'),
    );
    for (const [index, { accepts }] of requirements.entries()) {
      say(
        accepts.map(({ documentType }) => documentType),
        'is accepted twice; leave one of them out',
        (acceptedIndex) => at(index, 'accepts', acceptedIndex, 'documentType'),
      );
      for (const [acceptedIndex, { sides }] of accepts.entries()) {
        say(sides, 'stands there twice; leave one of them out', (sideIndex) =>
          at(index, 'accepts', acceptedIndex, 'sides', sideIndex),
        );
      }
    }
  }
}

function inputOf(id: ProviderId) {
  const { settings, credential, routes, providerTypeForm }: ProviderDescriptor = PROVIDER_DESCRIPTORS[id];
  const flows = z
    .array(routes === null ? Flow.omit({ route: true }) : routed(routes.schema))
    .min(1)
    .check(checkDoubles);
  return z.object({
    provider: z.literal(id),
    name: z.string().trim().min(1).max(80),
    environment: Environment,
    baseUrl: BaseUrl,
    flows: providerTypeForm === null ? flows : flows.check((given) => checkProviderTypes(providerTypeForm, given)),
    settings,
    credential,
  });
}

/** Of `inputOf`, what may be another one later. */
function editOf(id: ProviderId) {
  return inputOf(id).omit({ environment: true, credential: true });
}

const [first, ...others] = ProviderId.options.map(inputOf);
const [firstEdit, ...otherEdits] = ProviderId.options.map(editOf);
if (first === undefined || firstEdit === undefined) throw new Error('no provider is described');

/** What an administrator enters for a connection. The credential travels one way only: in. */
export const ConnectionInput = z.discriminatedUnion('provider', [first, ...others]);
export type ConnectionInput = z.infer<typeof ConnectionInput>;

/**
 * A connection as it shall be from now on. `provider` only says how to read the rest: it stays, as the environment does, and the
 * credential has a way of its own in. The address may only be another one of the provider's own (docs/adr/0053-changed-flows.md).
 */
export const ConnectionEdit = z.discriminatedUnion('provider', [firstEdit, ...otherEdits]);
export type ConnectionEdit = z.infer<typeof ConnectionEdit>;
