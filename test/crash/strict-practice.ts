import { startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';

/** A Personr that takes the same page as often as it is sent: nothing is forgiven by the other side. */
export function startStrictPractice(folder: string): Promise<PracticeForTests> {
  return startPractice(folder, { 'personr.duplicateUpload': 'accepted' });
}
