// Numbers as people write and read them.

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LARGEST = 1e12;

/** Return the number in a text, or null. The sign U+2212 counts as a minus. */
export function parsed(text) {
  const plain = text.trim().replace("\u2212", "-");
  const value = NUMBER.test(plain) ? Number(plain) + 0 : NaN;
  return Math.abs(value) <= LARGEST ? value : null;
}

/** Return a number in at most four digits, an integer in full; a value negligible against `scale` is 0. */
export function shown(value, scale = 0) {
  if (Math.abs(value) <= 1e-12 * scale) return "0";
  const whole = Math.round(value);
  if (Math.abs(value - whole) <= 1e-12 * Math.max(scale, Math.abs(value))) return String(whole + 0);
  const rounded = Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4));
  return String(rounded + 0);
}

export function largest(values) {
  return values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
}

/** Say whether two numbers are equal up to rounding. */
export function alike(one, other, scale) {
  return Math.abs(one - other) <= 1e-9 * Math.max(scale, 1e-300);
}

/** Return the smallest round number not below a value: 1, 2 or 5 times a power of ten. */
export function roundedUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= value * (1 - 1e-12));
}

export function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
