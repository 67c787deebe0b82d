/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- the one place */

/**
 * Gives a value that came as text the type its writer gave it. Only for text written by the host itself (its injected
 * runtime, its own other process) or by Chromium in its own protocol, where checking every field would test nothing.
 */
export function trusted<T>(value: unknown): T {
  return value as T;
}
