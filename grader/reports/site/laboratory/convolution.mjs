// Convolutions of any mode as lists of terms, and their matrices. Uses no document: node runs this too.
//
// The conventions are the course's. The cross-correlation is y[i] = sum_j h[j] x[i s + j d - p], which torch
// calls conv1d; the true convolution reverses the kernel.

export const MODES = ["valid", "full", "same", "circular"];
export const OPERATIONS = ["corr", "conv"];

/** Return the windows along one axis: their number, `place(i, j)`, the place of tap j of window i, and
 * `source(i, j)`, the same, but -1 for a zero of the padding. */
export function axis({ size, taps, mode, op, stride, padding, dilation }) {
  const reach = dilation * (taps - 1);
  const backwards = op === "conv";
  if (mode === "circular") {
    const step = backwards ? -dilation : dilation;
    const place = (i, j) => modulo(i * stride + j * step, size);
    return { size, taps, reach, before: 0, after: 0, length: Math.ceil(size / stride), place, source: place };
  }
  const [first, last] = added(mode, reach, backwards);
  const [before, after] = [first + padding, last + padding];
  const free = size + before + after - reach - 1;
  const place = (i, j) => i * stride + (backwards ? taps - 1 - j : j) * dilation - before;
  const source = (i, j) => (place(i, j) >= 0 && place(i, j) < size ? place(i, j) : -1);
  const length = free < 0 ? 0 : Math.floor(free / stride) + 1;
  return { size, taps, reach, before, after, length, place, source };
}

/** Return the zeros that a mode adds at each end. If their number is odd, `same` follows torch's conv1d for the
 * cross-correlation and numpy.convolve for the convolution: the two mirror each other. */
function added(mode, reach, backwards) {
  const [less, more] = [Math.floor(reach / 2), Math.ceil(reach / 2)];
  if (mode === "same") return backwards ? [more, less] : [less, more];
  return mode === "full" ? [reach, reach] : [0, 0];
}

export function modulo(a, n) {
  return ((a % n) + n) % n;
}

/** Return the one-dimensional operator: for each output, which tap meets which sample. */
export function operator(along) {
  const terms = times(along.length, (i) =>
    times(along.taps, (j) => ({ tap: j, at: along.source(i, j) })).filter((one) => one.at >= 0),
  );
  return { rows: along.length, columns: along.size, terms };
}

/** Return the two-dimensional operator; image, kernel and output are read row by row. */
export function operator2(down, across) {
  const terms = times(down.length * across.length, (output) => {
    const [r, c] = [Math.floor(output / across.length), output % across.length];
    const found = [];
    for (let a = 0; a < down.taps; a++) {
      for (let b = 0; b < across.taps; b++) {
        const [row, column] = [down.source(r, a), across.source(c, b)];
        if (row >= 0 && column >= 0) found.push({ tap: a * across.taps + b, at: row * across.size + column });
      }
    }
    return found;
  });
  return { rows: terms.length, columns: down.size * across.size, terms };
}

/** Slide the kernel: return for each window the sum of taps times samples. */
export function slide(applied, h, x) {
  return applied.terms.map((terms) => terms.reduce((sum, { tap, at }) => sum + h[tap] * x[at], 0));
}

/** Return the operator's matrix, and the taps in each entry: more than one only on a ring. */
export function matrix(applied, h) {
  const values = times(applied.rows, () => new Array(applied.columns).fill(0));
  const taps = times(applied.rows, () => times(applied.columns, () => []));
  applied.terms.forEach((terms, i) => {
    for (const { tap, at } of terms) {
      values[i][at] += h[tap];
      taps[i][at].push(tap);
    }
  });
  return { values, taps };
}

/** Multiply a matrix by a vector, including the zeros. */
export function multiply(rows, x) {
  return rows.map((row) => row.reduce((sum, entry, j) => sum + entry * x[j], 0));
}

/** Shift a signal by some places: around the ring, or filling with zeros. */
export function shifted(x, by, onRing) {
  const n = x.length;
  return x.map((_, i) => (onRing ? x[modulo(i - by, n)] : (x[i - by] ?? 0)));
}

export function times(count, make) {
  return Array.from({ length: Math.max(0, count) }, (_, i) => make(i));
}
