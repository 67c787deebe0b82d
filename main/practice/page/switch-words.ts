import type { SwitchName, SwitchValues } from '../switches.ts';

/** Numbers and days say themselves what they are; every other value has a meaning to be told. */
type Told<Value extends string | number> = Value extends `${number}` | `${number}-${string}` ? never : Value & string;

interface Text {
  /** What is not known, in one sentence. */
  readonly question: string;
}

interface TextWithValues<Value extends string> extends Text {
  readonly values: { readonly [Each in Value]: string };
}

type TextOf<Value extends string> = [Value] extends [never] ? Text : TextWithValues<Value>;

/** The question of every switch and the meaning of its values: a language that lacks one does not compile. */
export type SwitchWords = {
  readonly [Name in SwitchName]: TextOf<Told<SwitchValues[Name]>>;
};
