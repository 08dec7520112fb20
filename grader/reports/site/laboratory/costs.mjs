// The third tab: the cost of three methods, for kernels of every length.
import { costs } from "./cases.mjs";
import { products } from "./cost.mjs";
import { drawCurves, startCurves } from "./curves.mjs";
import { byId, drawing, say } from "./document.mjs";
import { powerOfTwo } from "./fourier.mjs";
import { drawAxes, drawNames, MARGIN, plotOf, superscript, TALL, write } from "./plot.mjs";
import { drawTable } from "./tables.mjs";
import { grouped } from "./values.mjs";

const NAMES = { direct: "direct", toeplitz: "matrix", fft: "FFT" };
const SAMPLES = 160;

export function startCosts(change) {
  byId("n-slide").addEventListener("input", (event) => change({ n: Math.round(2 ** event.target.valueAsNumber) }));
  byId("k-slide").addEventListener("input", (event) => change({ k: Math.round(2 ** event.target.valueAsNumber) }));
  startCurves();
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
  drawCurves();
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
  const right = width - MARGIN.right;
  const picture = plotOf(width, `Products over the length of the kernel, from 1 to ${most} taps, both on logarithmic scales`);
  drawAxes(picture, { right, ...ticks({ width, most, low, high, across, up }), up: "products", across: "taps k" });
  if (first !== null) crossingLine(picture, across(first), first);
  for (const method of Object.keys(NAMES)) {
    const points = lengthsOf(method, n, most).map((taps) => `${across(taps).toFixed(1)} ${up(products(n, taps, method)).toFixed(1)}`);
    picture.append(drawing("path", { class: `line ${method}`, d: `M${points.join("L")}` }));
    picture.append(drawing("circle", { class: `dot ${method}`, cx: across(k), cy: up(products(n, k, method)), r: 4.5 }));
  }
  drawNames(picture, right + 6, Object.keys(NAMES).map((method) => ({ name: NAMES[method], kind: method, y: up(products(n, most, method)) })));
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

function ticks({ width, most, low, high, across, up }) {
  const [rows, columns] = [[], []];
  const every = Math.ceil((high - low) / 6);
  for (let power = low; power <= high; power += every) {
    rows.push([up(10 ** power), power < 6 ? grouped(10 ** power) : `10${superscript(power)}`]);
  }
  const stride = Math.ceil(Math.log2(most) / (width < 480 ? 4 : 8));
  for (let power = 0; 2 ** power <= most; power += stride) columns.push([across(2 ** power), grouped(2 ** power)]);
  return { rows, columns };
}

/** Mark the kernel length from which the FFT pays off. */
function crossingLine(picture, x, taps) {
  picture.append(drawing("path", { class: "here", d: `M${x.toFixed(1)} ${MARGIN.top}V${TALL - MARGIN.bottom}` }));
  write(picture, grouped(taps), { x: x + 5, y: TALL - MARGIN.bottom - 8 });
}
