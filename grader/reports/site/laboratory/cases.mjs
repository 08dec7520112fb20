// All numbers of a tab, computed from its state.
import { axis, matrix, multiply, operator, operator2, shifted, slide } from "./convolution.mjs";
import { cheapest, crossover, METHODS, products } from "./cost.mjs";
import { lengths, throughFourier } from "./fourier.mjs";
import { alike, largest } from "./values.mjs";

export function oneDimension(state) {
  const { x, h, mode, stride, fft } = state;
  const onRing = mode === "circular";
  const along = axis({ ...state, size: x.length, taps: h.length });
  const applied = operator(along);
  const T = matrix(applied, h);
  const y = slide(applied, h, x);
  const range = lengths(state);
  const size = clamp(fft ?? range.usual, range.least, range.most);
  const fourier = throughFourier(state, along, size);
  const scale = largest(h) * largest(x) * h.length;
  const throughRead = fourier.read.map((place) => fourier.back[place]);
  const spoilt = y.map((value, i) => !alike(value, throughRead[i], scale));
  const moved = shifted(x, state.shift * stride, onRing);
  const answers = slide(applied, h, moved);
  const follows = shifted(y, state.shift, onRing);
  const same = answers.map((value, i) => alike(value, follows[i], scale));
  return {
    ...{ along, T, y, onRing, range, size, fourier, scale, throughRead, spoilt, moved, answers, follows, same },
    multiplied: multiply(T.values, x),
    at: clamp(state.at, 0, Math.max(0, y.length - 1)),
    bin: clamp(state.bin, 0, size - 1),
  };
}

export function twoDimensions(state) {
  const { image, kernel } = state;
  const [height, width, tall, wide] = [image.length, image[0].length, kernel.length, kernel[0].length];
  const options = (way) => ({
    ...{ op: state.op2, mode: state.mode2, stride: state.stride2[way] },
    ...{ padding: state.padding2[way], dilation: state.dilation2[way] },
  });
  const down = axis({ ...options(0), size: height, taps: tall });
  const across = axis({ ...options(1), size: width, taps: wide });
  const applied = operator2(down, across);
  const [x, h] = [image.flat(), kernel.flat()];
  const T = matrix(applied, h);
  const at = clamp(state.at2, 0, Math.max(0, applied.rows - 1));
  const scale = largest(h) * largest(x) * h.length;
  return { down, across, T, x, h, y: slide(applied, h, x), multiplied: multiply(T.values, x), at, scale };
}

export function costs({ n, k }) {
  const counts = METHODS.map((method) => ({ method, count: products(n, k, method) }));
  return { counts, best: cheapest(n, k), crossover: crossover(n, Math.max(n, k)) };
}

export function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}
