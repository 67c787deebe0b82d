import type { CopyReason } from '../../shared/domain/index.ts';

/** What is said of a profile that may be a copy. */
export const COPY_SENTENCES: Readonly<Record<CopyReason, string>> = {
  other_pc: 'installation.otherPc',
  elsewhere: 'installation.elsewhere',
  older: 'installation.older',
};
