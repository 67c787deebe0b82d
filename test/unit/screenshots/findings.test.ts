/** docs/screenshots shows the sentence of every finding: what `npm run screenshots:findings` photographs is complete. */
import { expect, it } from 'vitest';
import { FINDINGS } from '../../../scripts/screenshots/findings/catalogue.ts';
import { de, en } from '../../../shared/messages/index.ts';

/** `page.blank`, `subject.unconfirmed_one`, … of every sentence in a catalogue. */
function rulesOf(catalogue: Readonly<Record<string, string>>): string[] {
  return Object.keys(catalogue)
    .filter((code) => code.startsWith('finding.') && !code.endsWith('.next'))
    .map((code) => code.slice('finding.'.length))
    .toSorted();
}

/** Only of a flow that was stored before its words were looked at: no connection that could bring it about can be made any more. */
const OF_STORED_FLOWS = ['personr.document.word'];

const shown = Object.values(FINDINGS).flatMap((cases) => cases.flatMap(({ rules }) => rules));

it.each([
  ['English', en],
  ['German', de],
])('every finding that has a sentence in %s is photographed, and none that has not', (_language, catalogue) => {
  expect([...shown, ...OF_STORED_FLOWS].toSorted()).toEqual(rulesOf(catalogue));
});
