// The page's state, and its form in an address.
//
// An address is `laboratory.html#key=value&key=value`; a missing key has the value in DEFAULTS. Numbers are whole
// or decimal (3, -0.5, 1e-3). Commas separate the entries of a list, semicolons the rows of an image:
//
//   tab        1d, 2d or cost
//   x, h       the signal and the kernel: x=3,7,2,8,4&h=1,0,-1
//   op         corr (cross-correlation, y[i] = sum_j h[j] x[i + j]) or conv (the kernel reversed)
//   mode       valid, full, same or circular
//   stride, padding, dilation
//              whole numbers; the padding adds zeros at both ends to those of the mode; a ring has none
//   fft        the length of the transforms; the default is the smallest power of two that is long enough
//   at, bin    the selected output and frequency, from 0
//   shift      the shift of the signal, in outputs
//   image, kernel
//              image=0,1,0;1,1,1;0,1,0&kernel=1,2;3,4
//   op2, mode2, stride2, padding2, dilation2
//              the same in two dimensions: one number, or two (rows, columns): stride2=2,1
//   at2        the selected output, counted row by row
//   n, k       the lengths of the cost tab
//
// A case in 1-D is `#x=1,2,3&h=1,2&op=conv&mode=full`, and one in 2-D `#tab=2d&image=...&kernel=...`.
import { MODES, OPERATIONS } from "./convolution.mjs";
import { parsed } from "./values.mjs";

export const DEFAULTS = {
  tab: "1d",
  x: [3, 7, 2, 8, 4],
  h: [1, 0, -1],
  op: "corr",
  mode: "valid",
  stride: 1,
  padding: 0,
  dilation: 1,
  fft: null,
  at: 0,
  bin: 0,
  shift: 1,
  image: [
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
    [1, 1, 1, 1, 1],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
  ],
  kernel: [
    [0, 1, 0],
    [1, 1, 1],
    [0, 1, 0],
  ],
  op2: "corr",
  mode2: "valid",
  stride2: [1, 1],
  padding2: [0, 0],
  dilation2: [1, 1],
  at2: 4,
  n: 1000,
  k: 100,
};

export const LIMITS = {
  x: [1, 64],
  h: [1, 32],
  stride: [1, 32],
  padding: [0, 16],
  dilation: [1, 8],
  fft: [1, 1024],
  at: [0, 1e4],
  bin: [0, 1e4],
  shift: [-64, 64],
  image: [1, 12],
  kernel: [1, 8],
  stride2: [1, 8],
  padding2: [0, 4],
  dilation2: [1, 3],
  at2: [0, 1e4],
  n: [1, 2 ** 20],
  k: [1, 2 ** 20],
};

/** Return the state that a fragment describes, and a sentence for each part that can't be read. */
export function read(fragment) {
  const state = { ...DEFAULTS };
  const notes = [];
  for (const part of fragment.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, text] = split(part);
    if (!Object.hasOwn(READERS, key)) {
      notes.push(`The address has “${key}”, which the laboratory doesn't know.`);
      continue;
    }
    const value = READERS[key](text, key);
    if (value === undefined) notes.push(`The address has ${key}=${text}; expected ${expected(key)}.`);
    else state[key] = value;
  }
  return { state, notes };
}

/** Return the fragment of a state, with only the values that differ from the defaults. */
export function written(state) {
  return Object.keys(DEFAULTS)
    .map((key) => [key, plain(state[key])])
    .filter(([key, text]) => text !== plain(DEFAULTS[key]))
    .map(([key, text]) => `${key}=${text}`)
    .join("&");
}

/** Return the allowed values of a key, in words. */
export function expected(key) {
  if (Object.hasOwn(CHOICES, key)) return `one of ${CHOICES[key].join(", ")}`;
  const [least, most] = LIMITS[key];
  if (READERS[key] === list) return `${least} to ${most} numbers with commas between them`;
  if (READERS[key] === table) return `${least} to ${most} rows of equal length, with ${least} to ${most} numbers each`;
  return `a whole number from ${least} to ${most}` + (READERS[key] === pair ? ", or two of them" : "");
}

const CHOICES = { tab: ["1d", "2d", "cost"], op: OPERATIONS, op2: OPERATIONS, mode: MODES, mode2: MODES };

export function list(text, key) {
  const found = text.trim().split(/\s*[,\s]\s*/).map(parsed);
  const [least, most] = LIMITS[key];
  return found.includes(null) || found.length < least || found.length > most ? undefined : found;
}

function table(text, key) {
  const rows = text.split(";").map((row) => list(row, key));
  const [least, most] = LIMITS[key];
  if (rows.length < least || rows.length > most) return undefined;
  return rows.every((row) => row?.length === rows[0]?.length) && rows[0] ? rows : undefined;
}

function whole(text, key) {
  const value = parsed(text);
  const [least, most] = LIMITS[key];
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function pair(text, key) {
  const parts = text.split(",").map((one) => whole(one, key));
  if (parts.length > 2 || parts.includes(undefined)) return undefined;
  return [parts[0], parts.at(-1)];
}

function choice(text, key) {
  return CHOICES[key].includes(text) ? text : undefined;
}

const READERS = {
  tab: choice,
  x: list,
  h: list,
  op: choice,
  mode: choice,
  stride: whole,
  padding: whole,
  dilation: whole,
  fft: whole,
  at: whole,
  bin: whole,
  shift: whole,
  image: table,
  kernel: table,
  op2: choice,
  mode2: choice,
  stride2: pair,
  padding2: pair,
  dilation2: pair,
  at2: whole,
  n: whole,
  k: whole,
};

function split(part) {
  const [key, ...rest] = part.split("=");
  try {
    return [key, decodeURIComponent(rest.join("="))];
  } catch {
    return [key, rest.join("=")];
  }
}

function plain(value) {
  if (!Array.isArray(value)) return String(value);
  return value.map((one) => (Array.isArray(one) ? one.join(",") : one)).join(Array.isArray(value[0]) ? ";" : ",");
}
