import { DocumentReading } from '../../shared/domain/index.ts';
import type { ReadField } from '../../shared/domain/index.ts';

/** What a zone says that was read surely. */
export function readingSaying(values: Partial<Record<ReadField, string>>): DocumentReading {
  const fields = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, { value, confidence: 1, isChecked: true, mayGoOn: false }]),
  );
  return DocumentReading.parse({ source: 'mrz', fields });
}
