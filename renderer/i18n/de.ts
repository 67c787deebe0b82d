import { activity } from './de/activity.ts';
import { attention } from './de/attention.ts';
import { camera } from './de/camera.ts';
import { capture } from './de/capture.ts';
import { components } from './de/components.ts';
import { frame } from './de/frame.ts';
import { manifest } from './de/manifest.ts';
import { scanning } from './de/scanning.ts';
import { settings } from './de/settings.ts';
import { stacks } from './de/stacks.ts';
import { submissions } from './de/submissions.ts';
import { supervision } from './de/supervision.ts';
import { today } from './de/today.ts';
import { words } from './de/words.ts';
import type { ui as english } from './en.ts';
import type { Translation } from './types.ts';

/** German, key by key as in English. */
export const ui: Translation<typeof english> = {
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
};
