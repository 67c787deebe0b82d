/** A catalogue key without i18next's plural ending: `pages_one` and `pages_other` are both asked for as `pages`. */
export type StripPlural<Key extends string> = Key extends `${infer Base}_one`
  ? Base
  : Key extends `${infer Base}_other`
    ? Base
    : Key;

/** The same keys in another language: a missing or an extra key is a type error. A test holds placeholders and plurals. */
export type Translation<English> = Readonly<Record<keyof English, string>>;
