import type { Side } from '../../../shared/domain/index.ts';
import { Base64Content } from '../../network/index.ts';
import { evidence, neutralFileName, unreadablePage } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { Outcome, PerformContext } from '../port.ts';

/** One page as Persona takes it inside JSON; its text is encoded while it is sent. */
export type SentFile = { readonly data: Base64Content; readonly filename: string };

export interface OpenedPage {
  readonly side: Side;
  readonly mediaType: string;
  readonly file: SentFile;
}

interface Pages {
  readonly pageIds: readonly string[];
  readonly sides: readonly Side[];
}

/** Opens every page in order, or says why one cannot be sent. */
export async function openPages(pages: Pages, context: PerformContext): Promise<OpenedPage[] | Outcome> {
  const opened: OpenedPage[] = [];
  for (const [index, pageId] of pages.pageIds.entries()) {
    try {
      const page = await context.page(pageId);
      const filename = fileNameOf(pages, index, page.mediaType);
      if (filename === null) {
        return { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'provider.mediaType' }) };
      }
      opened.push({
        side: pages.sides[index] ?? 'single',
        mediaType: page.mediaType,
        file: { data: new Base64Content(page.body), filename },
      });
    } catch (error) {
      if (error instanceof PageUnreadable) return unreadablePage();
      throw error;
    }
  }
  return opened;
}

/** Null: a type that Persona does not take. */
export function fileNameOf({ sides }: Pick<Pages, 'sides'>, index: number, mediaType: string): string | null {
  const side = sides[index] ?? 'single';
  return neutralFileName(side === 'single' ? `page-${index + 1}` : side, mediaType);
}

/**
 * Why the pages cannot go as photos of a government id, before anything is sent: Persona wants a country (alpha-2) and
 * images. Null: they can, or it is no government id.
 */
export function photoProblem(
  governmentId: { readonly country: string } | null,
  pages: readonly OpenedPage[],
): Extract<Outcome, { kind: 'attention' }> | null {
  if (governmentId === null) return null;
  if (governmentId.country === '') {
    return {
      kind: 'attention',
      cause: 'correct_data',
      evidence: evidence(null, null, { code: 'persona.countryMissing' }),
    };
  }
  return pages.every(({ mediaType }) => mediaType.startsWith('image/'))
    ? null
    : { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'persona.photoWanted' }) };
}
