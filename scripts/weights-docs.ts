import { severitiesFor } from '../shared/domain/index.ts';
import { JUDGED_RULES } from '../shared/rules/judged.ts';
import { RULES } from '../shared/rules/sources.ts';
import { ui } from '../renderer/i18n/en.ts';

const BEGIN = '<!-- weights: written by `npm run samples` -->';
const END = '<!-- /weights -->';

/** What a flow can weigh, from the code: docs/capture.md has it between two marks, and a test compares. */
function weightsTable(): string {
  const rows = [...JUDGED_RULES].map(([weight, rules]) => {
    const sources = [...new Set(rules.map((rule) => RULES[rule]?.source ?? ''))];
    const names = rules.map((rule) => `\`${rule}\``).join(', ');
    return `| ${ui[`settings.flow.rule.${weight}`]} (\`${weight}\`) | ${names} | ${severitiesFor(weight).join(', ')} | ${sources.join('; ')} |`;
  });
  return ['| weight | rules | may be | source |', '|---|---|---|---|', ...rows].join('\n');
}

/** The document with its table as the code has it now. */
export function withWeights(document: string): string {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error('docs/capture.md has no place for the weights');
  return `${before}${BEGIN}\n\n${weightsTable()}\n\n${END}${after}`;
}
