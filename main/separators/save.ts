import { writeFile } from 'node:fs/promises';
import type { SeparatorOrder } from '../../shared/domain/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import { separatorSheets } from './sheets.ts';

/** Writes separator sheets as a PDF to a place that a person named. Throws `SatchelFailure` when that cannot be written. */
export async function saveSeparators(path: string, order: SeparatorOrder): Promise<void> {
  const pdf = await separatorSheets(order);
  try {
    await writeFile(path, pdf);
  } catch (error) {
    const code = isDiskFull(error) ? 'separator.diskFull' : 'separator.notWritable';
    throw new SatchelFailure({ code: 'storage', message: { code } }, { cause: error });
  }
}
