// The third tab: the cost of three methods, for kernels of every length.
import { costs } from "./cases.mjs";
import { products } from "./cost.mjs";
import { byId, drawing, say } from "./document.mjs";
import { powerOfTwo } from "./fourier.mjs";
import { drawTable } from "./tables.mjs";
import { grouped } from "./values.mjs";

const NAMES = { direct: "direct", toeplitz: "matrix", fft: "FFT" };
const TALL = 300;
const MARGIN = { left: 56, right: 60, top: 26, bottom: 40 };
const SAMPLES = 160;

export function startCosts(change) {
  byId("n-slide").addEventListener("input", (event) => change({ n: Math.round(2 ** event.target.valueAsNumber) }));
  byId("k-slide").addEventListener("input", (event) => change({ k: Math.round(2 ** event.target.valueAsNumber) }));
}

export function drawCosts({ n, k }) {
  const found = costs({ n, k });
  slider("n", n);
  byId("k-slide").max = Math.log2(Math.max(n, k, 2));
  slider("k", k);
  say(byId("crossover"), crossing(n, Math.max(n, k), found.crossover));
  const least = Math.min(...found.counts.map((one) => one.count));
  const times = (count) => `${Number((count / least).toPrecision(3))} ×`;
  drawTable(byId("counts"), {
    caption: `Products for ${n} samples and ${k} taps`,
    heads: ["products", "relative to the least"],
    corner: "method",
    sides: found.counts.map(({ method }) => NAMES[method]),
    rows: found.counts.map(({ method, count }) => [
      { text: grouped(count), kind: method },
      { text: method === found.best ? "the least" : times(count), kind: method === found.best ? "best" : "" },
    ]),
    kind: "plain costs",
  });
  drawChart(byId("chart"), n, k, found.crossover);
}

/** Set a slider, unless it shows this number already: its steps are finer than whole numbers. */
function slider(key, value) {
  const range = byId(`${key}-slide`);
  if (Math.round(2 ** range.valueAsNumber) !== value) range.value = Math.log2(value);
  range.setAttribute("aria-valuetext", String(value));
  say(byId(`${key}-text`), grouped(value));
}

function crossing(n, most, { first, always }) {
  const samples = `With ${grouped(n)} sample${n === 1 ? "" : "s"}`;
  if (first === null) return `${samples} the FFT takes more products than the direct method for every kernel of up to ${grouped(most)} taps.`;
  const begins = `${samples} the FFT takes the fewest products from ${grouped(first)} taps on`;
  if (always === first) return `${begins}.`;
  return always === null
    ? `${begins}, but not for every longer kernel: its cost jumps at each new power of two.`
    : `${begins}, and for all longer kernels only from ${grouped(always)} on: its cost jumps at each new power of two.`;
}

function drawChart(box, n, k, { first }) {
  const width = Math.max(240, box.clientWidth);
  const most = Math.max(n, k, 2);
  const low = Math.floor(Math.log10(n));
  const high = Math.log10(Math.max(products(n, most, "toeplitz"), products(n, most, "fft")));
  const across = (taps) => MARGIN.left + ((width - MARGIN.left - MARGIN.right) * Math.log2(taps)) / Math.log2(most);
  const up = (count) => TALL - MARGIN.bottom - ((TALL - MARGIN.top - MARGIN.bottom) * (Math.log10(count) - low)) / (high - low || 1);
  const picture = drawing("svg", { class: "chart", role: "img", width, height: TALL, viewBox: `0 0 ${width} ${TALL}` });
  picture.setAttribute("aria-label", `Products over the length of the kernel, from 1 to ${most} taps, both on logarithmic scales`);
  axes(picture, { width, most, low, high, across, up });
  if (first !== null) crossingLine(picture, across(first), first);
  for (const method of Object.keys(NAMES)) {
    const points = lengthsOf(method, n, most).map((taps) => `${across(taps).toFixed(1)} ${up(products(n, taps, method)).toFixed(1)}`);
    picture.append(drawing("path", { class: `line ${method}`, d: `M${points.join("L")}` }));
    picture.append(drawing("circle", { class: `dot ${method}`, cx: across(k), cy: up(products(n, k, method)), r: 4.5 }));
  }
  names(picture, width, n, most, up);
  box.replaceChildren(picture);
}

/** Return the kernel lengths of a line's points: evenly spaced on the scale, and at each power of two. */
function lengthsOf(method, n, most) {
  const found = new Set(Array.from({ length: SAMPLES + 1 }, (_, i) => Math.round(most ** (i / SAMPLES))));
  for (let size = powerOfTwo(n); method === "fft" && size - n + 1 <= most; size *= 2) {
    for (const taps of [size - n + 1, size - n + 2]) if (taps <= most) found.add(taps);
  }
  return [...found].sort((one, other) => one - other);
}

function axes(picture, { width, most, low, high, across, up }) {
  const label = (text, x, y, anchor) => {
    const node = drawing("text", { x, y, "text-anchor": anchor });
    node.textContent = text;
    picture.append(node);
  };
  const right = width - MARGIN.right;
  const every = Math.ceil((high - low) / 6);
  for (let power = low; power <= high; power += every) {
    picture.append(drawing("path", { class: "rule", d: `M${MARGIN.left} ${up(10 ** power).toFixed(1)}H${right}` }));
    label(power < 6 ? grouped(10 ** power) : `10${superscript(power)}`, MARGIN.left - 6, up(10 ** power) + 4, "end");
  }
  const stride = Math.ceil(Math.log2(most) / (width < 480 ? 4 : 8));
  for (let power = 0; 2 ** power <= most; power += stride) {
    picture.append(drawing("path", { class: "rule", d: `M${across(2 ** power).toFixed(1)} ${MARGIN.top}V${TALL - MARGIN.bottom}` }));
    label(grouped(2 ** power), across(2 ** power), TALL - MARGIN.bottom + 18, "middle");
  }
  label("products", 0, 12, "start");
  label("taps k", (MARGIN.left + right) / 2, TALL - 4, "middle");
}

/** Write each line's name at its end, without overlaps. */
function names(picture, width, n, most, up) {
  const ends = Object.keys(NAMES).map((method) => ({ method, y: up(products(n, most, method)) + 4 }));
  ends.sort((one, other) => one.y - other.y);
  ends.forEach((one, place) => {
    if (place) one.y = Math.max(one.y, ends[place - 1].y + 15);
    const node = drawing("text", { class: `name ${one.method}`, x: width - MARGIN.right + 6, y: one.y });
    node.textContent = NAMES[one.method];
    picture.append(node);
  });
}

/** Mark the kernel length from which the FFT pays off. */
function crossingLine(picture, x, taps) {
  picture.append(drawing("path", { class: "here", d: `M${x.toFixed(1)} ${MARGIN.top}V${TALL - MARGIN.bottom}` }));
  const text = drawing("text", { x: x + 5, y: TALL - MARGIN.bottom - 8 });
  text.textContent = grouped(taps);
  picture.append(text);
}

function superscript(power) {
  return String(power).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
}
