// The file that `grade measure --json` writes: checked, and reduced to what the page shows.

export const MOST_CONTENDERS = 12;
export const MOST_POINTS = 64;
export const LARGEST_FILE = 1_000_000;
const UNITS = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"]];
const NAME = 40;
const SENTENCE = 200;

/** Return `{ found }`, the measurement in a file's text, or `{ problem }`, what the file has and what was expected. */
export function measurementIn(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: text.trim() ? `it isn't JSON; it begins with “${legible(text, 24)}”` : "it is empty" };
  }
  const problem = wrongIn(file);
  return problem ? { problem } : { found: reduced(file) };
}

/** Return a text of the file on one line, cut, and without control characters and marks that change its direction. */
export function legible(text, most = NAME) {
  const signs = typeof text === "string" ? [...text.replace(/[\s\p{C}]+/gu, " ").trim()] : [];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
}

/** Return a time with its unit, in three digits: `12.3 µs`. */
export function timeText(seconds) {
  const rounded = Number(seconds.toPrecision(3));
  // The factor allows for the rounding of binary numbers.
  const [scale, unit] = UNITS.find(([least]) => rounded * (1 + 1e-9) >= least) ?? UNITS.at(-1);
  return `${Number((rounded / scale).toPrecision(3))} ${unit}`;
}

function wrongIn(file) {
  if (!isRecord(file)) return `it holds ${quoted(file)}; expected a measurement`;
  if (file.format !== 1) return `its “format” is ${quoted(file.format)}; expected 1`;
  const all = file.contenders;
  if (!Array.isArray(all)) return `its “contenders” are ${quoted(all)}; expected a list of measured functions`;
  if (!all.length || all.length > MOST_CONTENDERS) {
    return `it has ${all.length} contenders; expected 1 to ${MOST_CONTENDERS}`;
  }
  const problem = firstOf(all, (one, i) => wrongContender(one, `contenders[${i}]`));
  if (problem) return problem;
  return all.some((one) => one.points.length) ? "" : "no contender has a point; expected one measured size or more";
}

function wrongContender(one, where) {
  if (!isRecord(one)) return `${where} is ${quoted(one)}; expected a measured function`;
  if (!legible(one.name)) return `${where}.name is ${quoted(one.name)}; expected a name`;
  if (!Array.isArray(one.points)) return `${where}.points is ${quoted(one.points)}; expected a list`;
  if (one.points.length > MOST_POINTS) return `${where} has ${one.points.length} points; expected up to ${MOST_POINTS}`;
  return firstOf(one.points, (point, j) => wrongPoint(point, one.points[j - 1], `${where}.points[${j}]`));
}

function wrongPoint(point, previous, where) {
  if (!isRecord(point)) return `${where} is ${quoted(point)}; expected a size and its seconds`;
  const { size, seconds } = point;
  if (!Number.isSafeInteger(size) || size < 1) return `${where}.size is ${quoted(size)}; expected a positive whole number`;
  if (previous && size <= previous.size) return `${where}.size is ${size}, after ${previous.size}; expected growing sizes`;
  if (!Number.isFinite(seconds) || seconds <= 0) return `${where}.seconds is ${quoted(seconds)}; expected a positive number`;
  return "";
}

function reduced(file) {
  return {
    exercise: legible(file.exercise),
    device: legible(file.device),
    size: legible(file.size, SENTENCE),
    doubt: doubtOf(file),
    contenders: file.contenders.map((one) => ({
      name: legible(one.name),
      says: legible(one.says, SENTENCE),
      stopped: legible(one.stopped, SENTENCE),
      points: one.points.map(({ size, seconds }) => ({ size, seconds })),
    })),
  };
}

/** Return why the times may mean nothing, or "" if the submission's result is the reference's. */
function doubtOf({ compared, agrees }) {
  if (!Number.isSafeInteger(compared)) {
    return "Your result was not compared with the reference: it may be wrong, and then these times mean nothing.";
  }
  if (agrees === true) return "";
  return `Wrong at n = ${compared}: your result differs from the reference, so these times mean nothing.`;
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function firstOf(list, problemOf) {
  for (const [place, one] of list.entries()) {
    const problem = problemOf(one, place);
    if (problem) return problem;
  }
  return "";
}

/** Return a value as the file spells it, cut. JSON has no infinity: such a number was too large to read. */
function quoted(value) {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  return typeof value === "number" ? String(value) : legible(JSON.stringify(value), NAME);
}
