/**
 * Deals a stack of `--pages` pages out, takes it back and deals it out again, on the profile in `--directory`, until
 * `SATCHEL_TEST_STEPS` kills it.
 */
// First, because it wraps functions that other modules take hold of when they load.
import './kill-points.ts';
import { parseArgs } from 'node:util';
import { openDesk } from '../integration/capture/desk.ts';
import { fillStack, newStackByCount } from '../support/full-stack.ts';

const { values } = parseArgs({ options: { directory: { type: 'string' }, pages: { type: 'string' } } });
const desk = await openDesk({ directory: values.directory ?? '', isProgram: true });
const stackId = newStackByCount(desk);
fillStack(desk, stackId, Number(values.pages));
const split = (): Promise<string[]> => desk.capture.splitStack(stackId, desk.capture.stack(stackId).fingerprint);
await split();
await desk.capture.undoSplit(stackId);
await split();
await desk.close('keep');
