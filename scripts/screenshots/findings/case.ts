import type { ElectronApplication, Page } from 'playwright';
import type { DocumentType, ProviderId, Subject } from '../../../shared/domain/index.ts';

/** A file as it comes to the desk; its name is what the sentences say. `slot`: `requirement/type/side`; when it is taken, the tray. */
export interface ComingFile {
  readonly name: string;
  readonly slot: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
}

/** A customer of `flow` (`flows.ts`) who brings these files, one after the other. */
export interface Brought {
  readonly provider: ProviderId;
  readonly flow?: 'pages' | 'fields' | 'photos' | 'company';
  readonly subject?: Partial<Subject>;
  /** The document chosen for the identity; a passport when left out. */
  readonly document?: DocumentType;
  readonly files?: readonly ComingFile[];
  /** Left out: it is waited until every page was looked at. */
  readonly isLookedAt?: false;
}

/** Where a sentence stands in the window: beside a slot or a page of the tray, or (left out) among what is still to do. */
export interface Place {
  readonly submissionId: string;
  /** The slot's key, or the id of a page in the tray. */
  readonly station?: string;
}

/** What a case does with the app. */
export interface Desk {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** The app's folder with its vault. */
  readonly profile: string;
  /** Makes a customer; answers the id. It is voided at the end of the case, so that the next case meets nobody. */
  readonly customer: (brought: Brought) => Promise<string>;
  /** Takes one more file in. */
  readonly bring: (submissionId: string, file: ComingFile) => Promise<void>;
  /** Photographs the sentence of `rule` at its place. */
  readonly show: (rule: string, place: Place) => Promise<void>;
}

/** Findings that are brought about together. */
export interface FindingCase {
  /** The rules whose sentences it shows, by the names that findings have (`page.blank`). */
  readonly rules: readonly string[];
  /** Brings each about with a real file or a real entry, and shows it. */
  readonly bring: (desk: Desk) => Promise<void>;
}

export const PASSPORT = 'identity/passport/single';
export const FRONT = 'identity/id_card/front';
export const BACK = 'identity/id_card/back';
export const LICENCE_BACK = 'identity/driving_licence/back';
export const BILL = 'address/utility_bill/single';
export const SELFIE = 'selfie/selfie/single';

const DOCUMENTS: Readonly<Record<string, DocumentType>> = { id_card: 'id_card', driving_licence: 'driving_licence' };

/** One customer whose last file is what all these rules are about. */
export function brought(rules: readonly string[], provider: ProviderId, ...files: readonly ComingFile[]): FindingCase {
  const last = files.at(-1);
  const document = DOCUMENTS[last?.slot.split('/')[1] ?? ''];
  return {
    rules,
    bring: async (desk) => {
      const submissionId = await desk.customer({ provider, files, ...(document === undefined ? {} : { document }) });
      for (const rule of rules)
        await desk.show(rule, { submissionId, ...(last === undefined ? {} : { station: last.slot }) });
    },
  };
}
