import { z } from 'zod';
import type { EngineProvider } from './labels.ts';

/** What the engine says at once about an uploaded image: `errors` (not accepted) and `warnings` (remarks). */

const TagObject = z.object({
  code: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  tag: z.string().optional().catch(undefined),
  errorName: z.string().optional().catch(undefined),
});

/** The element type is not documented: a tag, or an object that has one. Free text is kept as `other`. */
export function tagsIn(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null || value === ''
      ? []
      : [value];
  return items.flatMap((item) => {
    if (isEmptyObject(item)) return [];
    const object = TagObject.safeParse(item);
    const { code, name, tag, errorName } = object.success ? object.data : {};
    const text = typeof item === 'string' ? item : (code ?? name ?? tag ?? errorName ?? '');
    return [/^[A-Za-z][A-Za-z0-9_.-]{0,59}$/.test(text) ? text : 'other'];
  });
}

/** How Bubble, and Persona's documentation, show "nothing" now and then. */
function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The words of the first reason that has some. A tag without words of its own is never shown: it may be a private one. */
export function imageCode(provider: EngineProvider, tags: readonly string[]): string {
  if (tags.some(saysDuplicate)) return `${provider}.duplicateImage`;
  if (tags.includes('file-too-big')) return `${provider}.fileTooLarge`;
  return `${provider}.image.${shownTags(tags)[0] ?? 'other'}`;
}

/** "I have these very bytes already." */
export function saysDuplicate(tag: string): boolean {
  return /duplicate/i.test(tag);
}

/** Tags that have words of their own. */
export function shownTags(tags: readonly string[]): string[] {
  return tags.filter((tag) => IMAGE_TAGS.has(tag));
}

/** Reasons for which an image is refused at once, and that have words of their own. */
const IMAGE_TAGS: ReadonlySet<string> = new Set([
  'forbiddenDocument',
  'differentDocTypeOrCountry',
  'missingImportantInfo',
  'dataNotReadable',
  'expiredDoc',
  'documentWayTooMuchOutside',
  'noIdDocFacePhoto',
  'selfieFaceBadQuality',
  'screenRecapture',
  'screenshot',
  'sameSides',
  'shouldBeMrzDocument',
  'shouldBeDoubleSided',
]);
