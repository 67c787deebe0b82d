import type { z } from 'zod';
import type { BuiltInName, DocumentType, Flow, FlowRoute, SubjectField, SubjectKind } from '../flow.ts';

/**
 * Everything about a provider that the window, the command line and the settings need to know. What it is called, which addresses,
 * fields and words it has: none of them branches on a provider's id, so that a further provider is one more description
 * (docs/adr/0050-described-providers.md). Keys of words are the window's catalogue's; the compiler checks that each is there.
 */
export interface ProviderDescriptor {
  /** Lower case; also the first part of its operations, messages and rules (`persona.document.create`). */
  readonly id: string;
  /** As the provider writes it. */
  readonly name: string;
  /** The address that is offered, then the one that older accounts may still use. */
  readonly baseUrls: readonly [current: string, older?: string];
  /** What a call needs besides address and credential; every value has a default. */
  readonly settings: z.ZodType<ProviderSettings>;
  readonly settingFields: readonly SettingField[];
  readonly credential: z.ZodType<Readonly<Record<string, string>>>;
  readonly credentialFields: readonly CredentialField[];
  readonly commandLine: {
    /** What a terminal asks for. */
    readonly credential: string;
    /** The one field that a text which is no JSON stands for; null: only JSON will do. */
    readonly bareField: string | null;
  };
  /** How a key says itself which environment it belongs to; null: it does not. */
  readonly keyPrefixes: KeyPrefixes | null;
  /** What an administrator must know before the provider is asked to remove what it has of purged customers; null: it cannot be asked. */
  readonly redactionHintKey: string | null;
  /** Says in the summary that a credential was entered, without showing it. */
  readonly enteredKey: string;
  /** Something that an administrator must know about the calls of a real connection. */
  readonly notice: { readonly titleKey: string; readonly bodyKey: string } | null;
  /** The provider's usual word for each document. */
  readonly providerTypes: Readonly<Record<DocumentType, string>>;
  /** How it writes the documents of a person; null: any text may be one. */
  readonly providerTypeForm: ProviderTypeForm | null;
  /** Without these no customer can be created there, so every flow asks for them. */
  readonly neededFields: readonly SubjectField[];
  /** The same of a company. Absent: the provider's flows are for persons. */
  readonly neededEntityFields?: readonly SubjectField[];
  /** The ways in which a flow may reach it, the first one the usual; null: there is one only. `schema` checks a flow's route. */
  readonly routes: { readonly schema: z.ZodType<FlowRoute>; readonly ways: readonly RouteWay[] } | null;
  /** Beginnings of a flow, the recommended one first. Their words are `settings.template.<id>` and `….hint`. */
  readonly templates: readonly DescribedTemplate[];
  readonly practice: PracticeDescription;
}

export type ProviderSettings = Readonly<Record<string, string>>;

/** A choice or text of the connection, entered once in the wizard. */
export interface SettingField {
  readonly key: string;
  readonly labelKey: string;
  readonly hintKey: string | null;
  /** Label of the choice on the connection's card; null: it is not shown there. */
  readonly cardLabelKey: string | null;
  readonly problemKey: string;
  /** What a new connection begins with. Absent: the schema's default, by which stored connections without the setting go on. */
  readonly initial?: string;
  /** Null: a text. `labelKey` null: the id is its own word. */
  readonly options: readonly { readonly id: string; readonly labelKey: string | null }[] | null;
}

/** `problem` says on the command line what `problemKey` says in the window. */
export interface ProviderTypeForm {
  readonly pattern: RegExp;
  readonly problem: string;
  readonly problemKey: string;
}

/** One way for a flow, and what an administrator enters for it. */
export interface RouteWay {
  readonly id: string;
  readonly labelKey: string;
  readonly hintKey: string;
  readonly fields: readonly RouteField[];
}

/** `options` null: a text. `initial`: what stands there until somebody chooses. */
export interface RouteField {
  readonly key: string;
  readonly labelKey: string;
  readonly hintKey: string | null;
  readonly problemKey: string;
  readonly initial: string;
  readonly options: readonly { readonly id: string; readonly labelKey: string }[] | null;
}

/** A write-only input. `secret` is never shown while it is typed. */
export interface CredentialField {
  readonly key: string;
  readonly kind: 'secret' | 'text' | 'email';
  readonly labelKey: string;
  readonly hintKey: string | null;
  readonly problemKey: string;
}

export interface KeyPrefixes {
  readonly field: string;
  readonly sandbox: string;
  readonly production: string;
}

/** `word`: which of the wizard's words the requirement begins with. */
export interface DescribedTemplate {
  readonly id: string;
  readonly requiredFields: readonly SubjectField[];
  readonly route?: FlowRoute;
  readonly subjectKind?: SubjectKind;
  readonly requirements: readonly {
    readonly word: 'identity' | 'address' | 'selfie' | 'company';
    readonly accepts: readonly DocumentType[];
  }[];
}

/** The connection to the embedded practice server. Its credential is no secret: the server answers on this PC only. */
export interface PracticeDescription {
  readonly name: string;
  readonly nameKey: BuiltInName;
  /** Path of the API at the practice server. */
  readonly path: string;
  readonly credential: Readonly<Record<string, string>>;
  readonly flows: readonly Flow[];
  /** A first run makes this connection. */
  readonly isInFirstRun: boolean;
}
