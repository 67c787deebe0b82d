import { JudgedRule, ProviderId } from '../domain/index.ts';

const itself = (rule: JudgedRule): readonly [JudgedRule, readonly string[]] => [rule, [rule]];

/** The rules that each weight of a flow stands for. Every other rule weighs what it weighs. */
export const JUDGED_RULES: ReadonlyMap<JudgedRule, readonly string[]> = new Map([
  ...JudgedRule.options.map(itself),
  ['page.blackAndWhite', ProviderId.options.map((provider) => `${provider}.page.blackAndWhite`)],
  // A copy of a page in the provider's own words is refused by some for certain, so that is another rule.
  ['page.sameImage', ['page.sameImage', 'page.sameBytes']],
  [
    'page.otherKind',
    [
      'page.backForFront',
      'page.cardForPassport',
      'page.passportForCard',
      'page.documentForSelfie',
      'page.scannedSelfie',
    ],
  ],
  ['document.expired', ['subject.documentExpired', 'mrz.expired', 'licence.expired']],
  ['page.duplicate', ['page.duplicate', 'page.duplicateUnnamed']],
  ['page.alike', ['page.alike', 'page.alikeUnnamed']],
  ['identity.sameNumber', ['identity.sameNumber', 'identity.sameNumberUnnamed']],
]);

/** By rule, the weight of a flow that it goes by. */
export const WEIGHT_OF: ReadonlyMap<string, JudgedRule> = new Map(
  [...JUDGED_RULES].flatMap(([weight, rules]) => rules.map((rule) => [rule, weight] as const)),
);
