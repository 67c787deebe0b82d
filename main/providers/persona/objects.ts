import { z } from 'zod';
import { toKebabCase } from './answers.ts';

/**
 * Persona's objects (JSON:API resource objects), read tolerantly: attribute and relationship names in any of the three
 * casings, new members ignored, an empty relationship as `{data: null}`, `{data: {}}` or absent.
 */

const Identifier = z.object({ type: z.string(), id: z.string().min(1).max(200) });
/** The members of an object inside an answer, by kebab-case name. */
export const anyCase = z
  .record(z.string(), z.unknown())
  .transform((members) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [toKebabCase(name), value])),
  );

const ResourceObject = Identifier.extend({
  attributes: anyCase.catch({}),
  relationships: anyCase.catch({}),
});

export interface PersonaObject {
  readonly type: string;
  readonly id: string;
  /** By kebab-case name. What lies inside `fields` keeps its own names. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
}

export interface PersonaAnswer {
  readonly object: PersonaObject;
  readonly included: readonly PersonaObject[];
}

const One = z.object({ data: ResourceObject, included: z.array(ResourceObject.nullable().catch(null)).catch([]) });
const Many = z.object({ data: z.array(ResourceObject) });
const Links = z.object({ links: z.object({ next: z.string() }) });

/** Null: not an object of this type, or about another one. `type`: `inquiry`, or the beginning of a typed one (`document`). */
export function readObject(json: unknown, type: string, expectedId: string | null = null): PersonaAnswer | null {
  const parsed = One.safeParse(json);
  if (!parsed.success) return null;
  const { data, included } = parsed.data;
  const isOfType = data.type === type || data.type.startsWith(`${type}/`);
  if (!isOfType || (expectedId !== null && data.id !== expectedId)) return null;
  return { object: data, included: included.filter((object) => object !== null) };
}

/** Null: not a list. `nextAfter`: the cursor of the next page (`page[after]`), null on the last one. */
export function readList(
  json: unknown,
): { readonly objects: readonly PersonaObject[]; readonly nextAfter: string | null } | null {
  const parsed = Many.safeParse(json);
  if (!parsed.success) return null;
  return { objects: parsed.data.data, nextAfter: nextAfterIn(json) };
}

/** The cursor of a list's next page; null on the last one. The link is a relative path with encoded brackets. */
export function nextAfterIn(json: unknown): string | null {
  const next = Links.safeParse(json).data?.links.next;
  const base = 'https://relative.invalid';
  if (next === undefined || !URL.canParse(next, base)) return null;
  return new URL(next, base).searchParams.get('page[after]');
}

/** A text attribute; '' when it is absent, null or something else. */
export function textAttribute({ attributes }: PersonaObject, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}

/** Somebody had what it says of a person removed for good. It stays as an object, and nothing more comes of it. */
export function isRedacted(object: PersonaObject): boolean {
  return textAttribute(object, 'redacted-at') !== '';
}

/**
 * A customer's value: since 2025-10-27 only inside `fields`, before it also as an attribute (`name-first`). A field is
 * `{type, value}` or the bare value, by a name of its own (`name_first`) or inside another (`name.value.first`, as Persona's
 * built-in account type has it).
 */
export function fieldOf(object: PersonaObject, name: string): string {
  const fields = membersOf(object.attributes['fields']);
  const [outer = '', ...rest] = name.split('-');
  return (
    textIn(fields[name]) || textIn(membersOf(valueIn(fields[outer]))[rest.join('-')]) || textAttribute(object, name)
  );
}

/** Members by kebab-case name; none of what is no object. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return anyCase.safeParse(value).data ?? {};
}

/** What a field holds, with or without its type beside it. */
function valueIn(field: unknown): unknown {
  const members = membersOf(field);
  return 'value' in members ? members['value'] : field;
}

function textIn(field: unknown): string {
  const value = valueIn(field);
  return typeof value === 'string' ? value : '';
}

/** Whether a relationship lists identifiers, none at all among them. Anything else (null, `{}`, absent) says nothing of what there is. */
export function isListed({ relationships }: PersonaObject, name: string): boolean {
  return z.object({ data: z.array(Identifier) }).safeParse(relationships[name]).success;
}

/** What a relationship names: one or several identifiers. */
export function relatedTo({ relationships }: PersonaObject, name: string): readonly z.infer<typeof Identifier>[] {
  const data = z.object({ data: z.unknown() }).safeParse(relationships[name]).data?.data;
  const items: readonly unknown[] = Array.isArray(data) ? data : [data];
  return items.flatMap((item) => Identifier.safeParse(item).data ?? []);
}
