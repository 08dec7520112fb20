// The lower half of the first tab: spectra, the inverse transform, and shifts.
import { around, drawBars } from "./bars.mjs";
import { byId, measure, say } from "./document.mjs";
import { drawTable } from "./tables.mjs";
import { largest, shown } from "./values.mjs";

const CHARTS = { fx: "|F x|", fh: "|F h|", fp: "|F x| |F h|", fy: "|F y|" };
const FEW_BINS = 10;

export function startSpectra(change) {
  // The usual length is stored as null, so that it keeps following the signal.
  byId("fft").addEventListener("input", ({ target }) => {
    change({ fft: target.value === target.dataset.usual ? null : target.valueAsNumber });
  });
  for (const key of ["bin", "shift"]) {
    byId(key).addEventListener("input", (event) => change({ [key]: event.target.valueAsNumber }));
  }
  for (const id of Object.keys(CHARTS)) {
    byId(id).addEventListener("click", (event) => {
      const column = event.target.closest(".column");
      if (column) change({ bin: [...column.parentNode.children].indexOf(column) });
    });
  }
  byId("spectra-table").addEventListener("toggle", () => change({}));
}

export function drawSpectra(found) {
  const { fourier, size, bin, range } = found;
  const sides = { fx: fourier.fx, fh: fourier.fh, fp: fourier.product, fy: fourier.fy };
  const noise = { fx: largest(fourier.fx), fh: largest(fourier.fh) };
  noise.fp = noise.fy = noise.fx * noise.fh;
  setRange("fft", size, range.least, range.most, `${size} place${size === 1 ? "" : "s"}`);
  byId("fft").dataset.usual = range.usual;
  setRange("bin", bin, 0, size - 1, `k = ${bin}`);
  for (const [id, name] of Object.entries(CHARTS)) {
    const bars = sides[id].map((value, f) => ({ value, kind: f === bin ? "current" : "" }));
    const label = `${name}: ${sides[id].map((value) => shown(value, noise[id])).join(", ")}`;
    drawBars(byId(id), bars, { label, few: FEW_BINS, scale: noise[id], range: id === "fy" ? around(fourier.product) : undefined });
  }
  const at = (id) => shown(sides[id][bin], noise[id]);
  say(byId("bin-sum"), `k = ${bin}: |F x| · |F h| = ${at("fx")} · ${at("fh")} = ${at("fp")}, and |F y| = ${at("fy")}`);
  if (byId("spectra-table").open) drawSpectraTable(sides, noise, bin);
}

function drawSpectraTable(sides, noise, bin) {
  const ids = Object.keys(CHARTS);
  drawTable(byId("spectra-table").lastElementChild, {
    caption: "The magnitudes, frequency by frequency",
    corner: "k",
    heads: Object.values(CHARTS),
    sides: sides.fx.map((_, f) => String(f)),
    rows: sides.fx.map((_, f) => ids.map((id) => ({ text: shown(sides[id][f], noise[id]), kind: "" }))),
    kind: "plain",
    current: bin,
  });
}

export function drawFolding({ mode }, { fourier, size, range, y, spoilt, throughRead, scale, onRing }) {
  const { w, back, read } = fourier;
  const noise = Math.max(scale, largest(w));
  const both = around([...w, ...back]);
  const overlap = Math.max(0, w.length - size);
  say(byId("w-count"), String(w.length));
  say(byId("z-count"), String(size));
  drawBars(byId("w-bars"), w.map((value, q) => ({ value, kind: q >= size ? "tail" : "" })), {
    ...{ label: `By sliding: ${w.map((value) => shown(value, noise)).join(", ")}`, range: both, scale: noise },
  });
  const places = back.map((value, q) => {
    const kind = `${q < overlap ? "folded" : ""} ${read.includes(q) ? "read" : ""}`.trim();
    return { value, kind, base: q < overlap ? w[q] : undefined };
  });
  const label = `By the transform: ${back.map((value) => shown(value, noise)).join(", ")}`;
  drawBars(byId("z-bars"), places, { label, range: both, scale: noise });
  for (const id of ["w-bars", "z-bars"]) measure(byId(id), "--places", Math.max(w.length, size));
  say(byId("fold-text"), verdict({ mode, size, enough: range.enough, overlap, wrong: spoilt.filter(Boolean).length, m: y.length, onRing }));
  drawTable(byId("twice"), {
    caption: "y, by sliding and through the transforms",
    heads: y.map((_, i) => String(i)),
    corner: "y",
    sides: ["by sliding", `through ${size} places`],
    rows: [
      y.map((value) => ({ text: shown(value, noise), kind: "" })),
      throughRead.map((value, i) => ({ text: shown(value, noise), kind: spoilt[i] ? "differs" : "" })),
    ],
    kind: "plain",
  });
}

function verdict({ mode, size, enough, overlap, wrong, m, onRing }) {
  if (onRing) return `A ring of ${size} places fits a transform of length ${size}: the tail is meant to wrap around to the front, and y is right.`;
  if (!overlap) return `All ${enough} entries fit into ${size} places, so nothing folds: y is right.`;
  const tail = overlap === 1 ? "The last entry doesn't fit: it wraps" : `The last ${overlap} entries don't fit: they wrap`;
  const spoilt = `${tail} around and add to the front.`;
  if (!wrong) return `${spoilt} But mode ${mode} doesn't read those places, or the tail is zero: y is still right.`;
  return `${spoilt} ${wrong} of ${m} entries of y ${wrong === 1 ? "is" : "are"} wrong; ${enough} places would be enough.`;
}

export function drawShift(state, { moved, answers, follows, y, same, scale, onRing }) {
  const [places, outputs] = [state.shift * state.stride, state.shift];
  setRange("shift", outputs, -state.x.length, state.x.length, by(outputs));
  const differ = same.filter((one) => !one).length;
  say(byId("shift-says"), told({ places, outputs, differ, m: y.length, onRing, n: state.x.length, stride: state.stride }));
  const list = (values) => values.map((value) => shown(value, scale)).join(", ");
  const range = around(state.x);
  const signal = moved.map((value, i) => ({ value, ghost: state.x[i] }));
  drawBars(byId("moved"), signal, { label: `x shifted: ${list(moved)}`, range });
  const bars = answers.map((value, i) => ({ value, ghost: y[i], kind: same[i] ? "" : "odd" }));
  const label = `The output of the shifted signal: ${list(answers)}`;
  drawBars(byId("answers"), bars, { label, range: around([...y, ...answers]), scale });
  drawTable(byId("followed"), {
    caption: "Shifted first or last",
    heads: y.map((_, i) => String(i)),
    corner: "i",
    sides: ["T (shifted x)", "shifted (T x)"],
    rows: [answers, follows].map((row) =>
      row.map((value, i) => ({ text: shown(value, scale), kind: same[i] ? "" : "differs" })),
    ),
    kind: "plain",
  });
}

function told({ places, outputs, differ, m, onRing, n, stride }) {
  const moves = `The signal moves by ${count(places)}${onRing ? " around its ring" : ", and zeros fill the gap"}; the output moves by ${count(outputs)}.`;
  if (!differ) return `${moves} All ${m} entries are the same, whether you shift before or after: the filter does the same everywhere.`;
  const why = onRing ? `a stride of ${stride} doesn't divide a ring of ${n}` : "at the ends, samples have left or zeros have come in";
  return `${moves} ${m - differ} of ${m} entries are the same. The others differ: ${why}.`;
}

function count(places) {
  return `${Math.abs(places)} place${Math.abs(places) === 1 ? "" : "s"}${places < 0 ? " to the left" : places ? " to the right" : ""}`;
}

function by(outputs) {
  return outputs > 0 ? `+${outputs}` : String(outputs);
}

function setRange(id, value, least, most, text) {
  const range = byId(id);
  Object.assign(range, { min: least, max: most, disabled: least === most });
  range.value = value;
  say(byId(`${id}-text`), text);
}
