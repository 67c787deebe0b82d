/** For every file of the suites with a window, also where several share a program: what a test that failed had in front of it. */
import { afterEach } from 'vitest';
import { photographWindows } from './desk-window.ts';

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await photographWindows(task.name);
});
