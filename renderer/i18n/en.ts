import { activity } from './en/activity.ts';
import { attention } from './en/attention.ts';
import { camera } from './en/camera.ts';
import { capture } from './en/capture.ts';
import { components } from './en/components.ts';
import { frame } from './en/frame.ts';
import { manifest } from './en/manifest.ts';
import { scanning } from './en/scanning.ts';
import { settings } from './en/settings.ts';
import { stacks } from './en/stacks.ts';
import { submissions } from './en/submissions.ts';
import { supervision } from './en/supervision.ts';
import { today } from './en/today.ts';
import { words } from './en/words.ts';

/** English. Keys are `<place>.<what>`; plural keys end in `_one` and `_other`; `{{name}}` is filled in. */
export const ui = {
  ...words,
  ...components,
  ...frame,
  ...today,
  ...capture,
  ...camera,
  ...manifest,
  ...scanning,
  ...stacks,
  ...submissions,
  ...supervision,
  ...attention,
  ...activity,
  ...settings,
} as const;
