// The multiplications of three methods for the full convolution, counted as in the exercise `cost_model`.
import { powerOfTwo } from "./fourier.mjs";

export const METHODS = ["direct", "toeplitz", "fft"];

export function products(n, k, method) {
  if (method === "direct") return n * k;
  if (method === "toeplitz") return (n + k - 1) * n;
  return transforms(powerOfTwo(n + k - 1));
}

/** Three transforms of N log2(N) / 2 complex products each, and N more between them; each is four real ones. */
function transforms(size) {
  return 4 * ((3 * size * Math.round(Math.log2(size))) / 2 + size);
}

/** Return the method with the fewest products; the first of equals. */
export function cheapest(n, k) {
  return METHODS.reduce((best, one) => (products(n, k, one) < products(n, k, best) ? one : best));
}

/** Return the first k where the FFT takes the fewest products, and the first k from which it always does, for
 * kernels up to `most`; null if there is none. For a fixed N, only the direct method grows with k. */
export function crossover(n, most) {
  let [first, always] = [null, 1];
  for (let size = powerOfTwo(n); ; size *= 2) {
    const [from, to] = [Math.max(1, Math.floor(size / 2) - n + 2), Math.min(most, size - n + 1)];
    if (from > most) break;
    const beaten = Math.max(from, Math.floor(transforms(size) / n) + 1);
    if (beaten <= to) first ??= beaten;
    if (beaten > from) always = Math.min(beaten, to + 1);
  }
  return { first, always: always > most ? null : always };
}
