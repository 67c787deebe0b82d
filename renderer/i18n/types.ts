/** A catalogue key without i18next's plural ending: `pages_one` and `pages_other` are both asked for as `pages`. */
export type StripPlural<Key extends string> = Key extends `${infer Base}_one`
  ? Base
  : Key extends `${infer Base}_other`
    ? Base
    : Key;
