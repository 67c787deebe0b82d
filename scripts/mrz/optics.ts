/**
 * What lenses, cameras and their programs do to a grey picture of `width` × `height` numbers, in place. Lengths are in its pixels.
 */

type Offsets = readonly (readonly [number, number])[];

/** The mean of the places around each pixel, to the nearest pixel; beyond the edge it goes on. */
function meanOf(data: Float32Array, width: number, height: number, offsets: Offsets): void {
  const source = data.slice();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const [dx, dy] of offsets) {
        const fromX = Math.min(width - 1, Math.max(0, Math.round(x + dx)));
        const fromY = Math.min(height - 1, Math.max(0, Math.round(y + dy)));
        sum += source[fromY * width + fromX] ?? 0;
      }
      data[y * width + x] = sum / offsets.length;
    }
  }
}

/** A hand that moved while the shutter was open. */
export function motionBlur(data: Float32Array, width: number, height: number, length: number, angle: number): void {
  const steps = Math.max(2, Math.round(length) + 1);
  const offsets = Array.from({ length: steps }, (_, step) => {
    const way = (step / (steps - 1) - 0.5) * length;
    return [way * Math.cos(angle), way * Math.sin(angle)] as const;
  });
  meanOf(data, width, height, offsets);
}

/** Out of focus: every point becomes a disc. */
export function defocus(data: Float32Array, width: number, height: number, radius: number): void {
  const reach = Math.ceil(radius);
  const offsets: [number, number][] = [];
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) if (Math.hypot(dx, dy) <= radius) offsets.push([dx, dy]);
  }
  if (offsets.length > 1) meanOf(data, width, height, offsets);
}

/** Contrast around `middle`; what leaves 0 to 255 is lost, as in a picture that is over- or underexposed. */
export function expose(data: Float32Array, gain: number, middle: number, lift: number): void {
  for (let at = 0; at < data.length; at += 1) {
    data[at] = Math.min(255, Math.max(0, ((data[at] ?? 0) - middle) * gain + middle + lift));
  }
}
