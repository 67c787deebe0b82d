import { Base64Content } from '../../network/index.ts';
import { evidence, neutralFileName, unreadablePage } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { Outcome, PerformContext } from '../port.ts';

export type OpenedFile =
  | {
      readonly kind: 'file';
      readonly filename: string;
      readonly mediaType: string;
      readonly contents: Base64Content;
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** A page as it is sent: as base64, encoded while it streams, under a neutral name of its true type. */
export async function openFile(pageId: string, stem: string, context: PerformContext): Promise<OpenedFile> {
  try {
    const page = await context.page(pageId);
    const filename = neutralFileName(stem, page.mediaType);
    if (filename !== null) {
      return { kind: 'file', filename, mediaType: page.mediaType, contents: new Base64Content(page.body) };
    }
    const refused = evidence(null, null, { code: 'provider.mediaType' });
    return { kind: 'outcome', outcome: { kind: 'attention', cause: 'rescan', evidence: refused } };
  } catch (error) {
    if (error instanceof PageUnreadable) return { kind: 'outcome', outcome: unreadablePage() };
    throw error;
  }
}
