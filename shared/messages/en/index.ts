import { capture } from './capture.ts';
import { changes } from './changes.ts';
import { delivery } from './delivery.ts';
import { general } from './general.ts';
import { persona } from './persona.ts';
import { providers } from './providers.ts';
import { report } from './report.ts';
import { scanning } from './scanning.ts';
import { stacks } from './stacks.ts';
import { sumsub } from './sumsub.ts';
import { supervision } from './supervision.ts';

/** English sentences by message code, in i18next's syntax (`{{name}}`, plural keys `_one`, `_other` chosen by `count`). */
export const en: Readonly<Record<string, string>> = {
  ...general,
  ...capture,
  ...changes,
  ...delivery,
  ...persona,
  ...providers,
  ...report,
  ...scanning,
  ...stacks,
  ...sumsub,
  ...supervision,
};
