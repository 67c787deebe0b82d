import type { FindingCase } from './case.ts';
import { DOCUMENTS } from './documents.ts';
import { FIELDS } from './fields.ts';
import { FILES } from './files.ts';
import { PEOPLE } from './people.ts';
import { PICTURES } from './pictures.ts';
import { SLOW } from './slow.ts';

/** Every finding there is, in the sheets on which docs/screenshots shows them: `findings-<name>-<language>-<mode>.png`. */
export const FINDINGS: Readonly<Record<string, readonly FindingCase[]>> = {
  pictures: PICTURES,
  documents: DOCUMENTS,
  people: PEOPLE,
  fields: FIELDS,
  files: [...FILES, ...SLOW],
};
