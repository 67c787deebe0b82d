/** Blur and its undoing, of a picture of `width` × `height` numbers, in place. Lengths are in its pixels. */

/** Gaussian blur: air, paper, a lens that is nearly sharp. */
export function blur(data: Float32Array, width: number, height: number, sigma: number): void {
  if (sigma < 0.15) return;
  const radius = Math.ceil(sigma * 2.5);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const pass = (length: number, count: number, step: number, jump: number): void => {
    const line = new Float32Array(length);
    for (let n = 0; n < count; n += 1) {
      for (let index = 0; index < length; index += 1) line[index] = data[n * jump + index * step] ?? 0;
      for (let index = 0; index < length; index += 1) {
        let total = 0;
        for (let tap = -radius; tap <= radius; tap += 1) {
          const at = Math.min(length - 1, Math.max(0, index + tap));
          total += (line[at] ?? 0) * (kernel[tap + radius] ?? 0);
        }
        data[n * jump + index * step] = total / sum;
      }
    }
  };
  pass(width, height, 1, width);
  pass(height, width, width, 1);
}

/** The halos that scanners and telephones put around everything dark. */
export function sharpen(data: Float32Array, width: number, height: number, sigma: number, amount: number): void {
  const soft = data.slice();
  blur(soft, width, height, sigma);
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? 0;
    data[at] = Math.min(255, Math.max(0, value + amount * (value - (soft[at] ?? 0))));
  }
}
