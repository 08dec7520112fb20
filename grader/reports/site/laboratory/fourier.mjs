// Discrete Fourier transforms by definition, and convolution through them.
import { modulo, times } from "./convolution.mjs";

/** X[f] = sum_j x[j] exp(-2 pi i f j / N). f j is reduced modulo N first, to keep the angles exact. */
export function transform(x, size, sign = -1) {
  const cosines = times(size, (a) => Math.cos((2 * Math.PI * a) / size));
  const sines = times(size, (a) => sign * Math.sin((2 * Math.PI * a) / size));
  return times(size, (f) => {
    let [re, im] = [0, 0];
    x.forEach((value, j) => {
      const [a, b] = Array.isArray(value) ? value : [value, 0];
      const [c, s] = [cosines[(f * j) % size], sines[(f * j) % size]];
      re += a * c - b * s;
      im += a * s + b * c;
    });
    return [re, im];
  });
}

/** z[j mod N] += y[j]: entries beyond N places wrap around and add to the front. */
export function fold(y, size) {
  const z = new Array(size).fill(0);
  y.forEach((value, j) => (z[j % size] += value));
  return z;
}

/** y[i + j] += h[j] x[i]: every overlap, nothing cut off. */
export function convolve(x, h) {
  const y = new Array(x.length + h.length - 1).fill(0);
  x.forEach((a, i) => h.forEach((b, j) => (y[i + j] += a * b)));
  return y;
}

export function powerOfTwo(least) {
  let size = 1;
  while (size < least) size *= 2;
  return size;
}

/** Return the possible lengths of the transforms. On a ring of n places only n is right. */
export function lengths({ x, h, mode, padding, dilation }) {
  if (mode === "circular") return { least: x.length, most: x.length, usual: x.length, enough: x.length };
  const [n, reach] = [x.length + 2 * padding, dilation * (h.length - 1)];
  const enough = n + reach;
  return { least: Math.max(n, reach + 1), most: 2 * powerOfTwo(enough), usual: powerOfTwo(enough), enough };
}

/** Compute a convolution twice, by sliding and through transforms of N places, and return all steps.
 *
 * `w` is the full convolution, `folded` is `w` wrapped to N places, `back` the same from the product of the
 * transforms. `read[i]` is the place of y[i] in them: mode and stride only select which values are read. */
export function throughFourier({ x, h, op, mode, stride, padding, dilation }, along, size) {
  const zeros = new Array(mode === "circular" ? 0 : padding).fill(0);
  const signal = [...zeros, ...x, ...zeros];
  const spread = times(along.reach + 1, (q) => (q % dilation ? 0 : h[q / dilation]));
  const taps = op === "conv" ? spread : spread.toReversed();
  const w = convolve(signal, taps);
  const [fx, fh] = [transform(signal, size), transform(fold(taps, size), size)];
  const product = fx.map(([a, b], f) => [a * fh[f][0] - b * fh[f][1], a * fh[f][1] + b * fh[f][0]]);
  const folded = fold(w, size);
  const back = transform(product, size, 1).map(([re]) => re / size);
  const start = mode === "circular" ? (op === "conv" ? 0 : along.reach) : along.reach - (along.before - zeros.length);
  const read = times(along.length, (i) => modulo(start + i * stride, size));
  const sizes = [fx, fh, product, transform(folded, size)].map((one) => one.map(([re, im]) => Math.hypot(re, im)));
  return { w, folded, back, read, fx: sizes[0], fh: sizes[1], product: sizes[2], fy: sizes[3] };
}
