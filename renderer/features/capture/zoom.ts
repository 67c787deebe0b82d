/** `fit` shows the whole page; a number is the share of its natural size. */
export type Zoom = 'fit' | number;

const STEPS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** The next larger or smaller step. `fitted` is the share that `fit` shows at the moment. */
export function stepZoom(zoom: Zoom, direction: 1 | -1, fitted: number): Zoom {
  const current = zoom === 'fit' ? fitted : zoom;
  const next =
    direction === 1 ? STEPS.find((step) => step > current * 1.02) : STEPS.findLast((step) => step < current * 0.98);
  return next ?? (direction === 1 ? STEPS[STEPS.length - 1] : STEPS[0]) ?? 1;
}
