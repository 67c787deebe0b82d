export { call, failureOf, SatchelError } from './bridge.ts';
export { createQueryClient } from './client.ts';
export {
  onActionFailure,
  useAction,
  useAnswers,
  useBridgeEvent,
  useImportFiles,
  useLiveAnswers,
  useMethod,
  useMethods,
} from './hooks.ts';
export type { MethodOptions } from './hooks.ts';
export { useFoundScanners, useScannersChanged } from './scanners.ts';
export type { FoundScanners } from './scanners.ts';
