// The upper half of the first tab: the signal and the filter, the sliding window, the matrix.
import { drawSliders } from "./bars.mjs";
import { byId, keep, made, mark, measure, say, tapClass } from "./document.mjs";
import { drawMatrix, drawTable } from "./tables.mjs";
import { shown } from "./values.mjs";

const PACE = 900;
const seen = { lit: null, playing: null, at: null };

export function startSignals(change, current) {
  for (const key of ["x", "h"]) {
    byId(`${key}-less`).addEventListener("click", () => change({ [key]: current()[key].slice(0, -1) }));
    byId(`${key}-more`).addEventListener("click", () => change({ [key]: [...current()[key], 0] }));
  }
  byId("at").addEventListener("input", (event) => change({ at: event.target.valueAsNumber }));
  byId("play").addEventListener("click", () => (seen.playing ? stop() : play(change, current)));
}

/** Step through the outputs; from the last one, start again at the first. */
function play(change, current) {
  const last = Number(byId("at").max);
  change({ at: byId("at").valueAsNumber >= last ? 0 : byId("at").valueAsNumber });
  seen.playing = setInterval(() => {
    const at = byId("at").valueAsNumber;
    if (at >= Number(byId("at").max) || current().tab !== "1d") stop();
    else change({ at: at + 1 });
  }, PACE);
  pressed(true);
}

function stop() {
  clearInterval(seen.playing);
  seen.playing = null;
  pressed(false);
}

function pressed(on) {
  mark(byId("play"), "aria-pressed", on);
  say(byId("play"), on ? "Stop" : "Play");
}

export function drawSignals(state, found, change) {
  const { x, h } = state;
  say(byId("formula"), formula(state, found.along));
  drawSliders(byId("x-bars"), x, { name: "x", least: 10, change: (values) => change({ x: values }) });
  const kinds = (j) => tapClass([j]);
  drawSliders(byId("h-bars"), h, { name: "h", least: 4, kinds, change: (values) => change({ h: values }) });
  drawWindow(state, found);
  drawProduct(state, found, change);
}

function formula({ op, mode, stride, dilation, h }, { before, reach, size }) {
  const [i, j] = [stride === 1 ? "i" : `${stride}i`, dilation === 1 ? "j" : `${dilation}j`];
  const sign = op === "corr" ? "+" : "-";
  if (mode === "circular") return `y[i] = Σ h[j] x[(${i} ${sign} ${j}) mod ${size}],  j = 0 … ${h.length - 1}`;
  const rest = (op === "corr" ? 0 : reach) - before;
  const offset = rest ? ` ${rest < 0 ? "-" : "+"} ${Math.abs(rest)}` : "";
  return `y[i] = Σ h[j] x[${i} ${sign} ${j}${offset}],  j = 0 … ${h.length - 1}`;
}

function drawWindow({ x, h, stride }, { along, y, at, scale, onRing }) {
  const columns = onRing ? x.length : along.before + x.length + along.after;
  const origin = onRing ? 0 : along.before;
  const row = y.map((value) => shown(value, scale));
  const track = keep(byId("track"), 1, makeTrack)[0];
  measure(track, "--columns", columns);
  measure(track, "--chars", Math.max(2, ...[...x, ...h].map((one) => shown(one).length), ...row.map((one) => one.length)));
  const samples = Array.from({ length: columns }, (_, c) => ({ at: c, value: x[c - origin] }));
  lane(track.children[0], samples, ({ at: c, value }) => {
    const padded = value === undefined;
    return { at: c, text: padded ? "0" : shown(value), kind: padded ? "tile padded" : "tile" };
  });
  lane(track.children[1], y.length ? h : [], (tap, j) => {
    return { at: along.place(at, j) + origin, text: shown(tap), kind: `tile ${tapClass([j])}` };
  });
  lane(track.children[2], row, (text, i) => ({ at: i * stride, text, kind: i === at ? "tile current" : "tile" }));
  const range = byId("at");
  Object.assign(range, { max: Math.max(0, y.length - 1), disabled: y.length < 2 });
  range.value = at;
  byId("play").disabled = y.length < 2;
  say(byId("at-text"), y.length ? `y[${at}]` : "none");
  say(byId("sum"), y.length ? sum(at, along, x, h, row[at]) : noPlace(along, x.length));
  if (seen.at !== at) follow(track, at * stride, along.reach + 1);
  seen.at = at;
}

function noPlace({ reach, before, after }, n) {
  return `No output: the filter spans ${reach + 1} places, but the signal with its padding has only ${n + before + after}.`;
}

function sum(i, along, x, h, result) {
  const sources = h.map((_, j) => along.source(i, j));
  const names = sources.map((place, j) => `h[${j}]·${place < 0 ? "0" : `x[${place}]`}`);
  const factors = sources.map((place, j) => `${signed(h[j])}·${signed(place < 0 ? 0 : x[place])}`);
  return `y[${i}] = ${names.join(" + ")} = ${factors.join(" + ")} = ${result}`;
}

/** Return a factor as written in a sum, with brackets around a negative one. */
export function signed(value) {
  return value < 0 ? `(${shown(value)})` : shown(value);
}

function makeTrack() {
  const track = made("div", "track");
  for (const name of ["x", "h", "y"]) {
    const one = made("div", "lane");
    one.dataset.name = name;
    track.append(one);
  }
  return track;
}

function lane(node, values, tile) {
  keep(node, values.length, () => made("span")).forEach((span, j) => {
    const { at, text, kind } = tile(values[j], j);
    mark(span, "class", kind);
    measure(span, "--at", at);
    say(span, text);
  });
}

/** Scroll the window into view if the track is wider than the page. */
function follow(track, column, span) {
  const box = track.parentNode;
  const cell = track.clientWidth / Number(track.style.getPropertyValue("--columns"));
  const [left, right] = [column * cell, (column + span) * cell + cell];
  if (left < box.scrollLeft) box.scrollLeft = left;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}

function drawProduct({ x, h, stride }, { T, multiplied, at, scale, onRing }, change) {
  const [m, n] = [multiplied.length, x.length];
  say(byId("kind"), kindOfMatrix(m, stride, onRing));
  drawChips(byId("chips"), h.map((tap, j) => [`h[${j}]`, tap]), seen, () => change({}));
  const numbers = (value) => shown(value);
  const pick = (i) => change({ at: i });
  const caption = `T, a matrix of ${m} rows and ${n} columns`;
  const counted = (count) => Array.from({ length: count }, (_, i) => String(i));
  drawMatrix(byId("T"), T, { caption, heads: counted(n), sides: counted(m), current: at, lit: seen.lit, numbers, pick });
  const under = (j) => (m ? tapClass(T.taps[at][j]) : "");
  const rows = x.map((value, j) => [{ text: shown(value), kind: under(j) }]);
  drawTable(byId("Tx"), { caption: "x, a column", heads: ["x"], rows, kind: "vector" });
  const outputs = multiplied.map((value) => [{ text: shown(value, scale), kind: "" }]);
  drawTable(byId("Ty"), { caption: "y, a column", heads: ["y"], rows: outputs, kind: "vector", current: at, pick });
  say(byId("weights"), weights(m, n, h.length));
}

function kindOfMatrix(m, stride, onRing) {
  if (!m) return "The filter fits nowhere, so T has no rows.";
  const kind = onRing ? "circulant" : "Toeplitz";
  if (stride > 1) return `T is every ${ordinal(stride)} row of a ${kind} matrix: each row is the row above, shifted by ${stride} places.`;
  if (onRing) return "T is circulant: each row is the row above, shifted by one place. The entry that leaves on the right comes back on the left.";
  return "T is a Toeplitz matrix: each diagonal holds one weight, in one colour.";
}

function ordinal(count) {
  return { 2: "second", 3: "third" }[count] ?? `${count}th`;
}

export function weights(m, n, k) {
  return `${m} × ${n} = ${m * n} entries, made of ${k} weight${k === 1 ? "" : "s"}. A dense layer has one weight for each entry.`;
}

/** Draw a chip for each weight, `[name, value]`; a pressed chip shows only its diagonals. */
export function drawChips(box, taps, alone, redraw) {
  if (alone.lit >= taps.length) alone.lit = null;
  keep(box, taps.length, (j) => {
    const chip = made("button");
    chip.type = "button";
    chip.addEventListener("click", () => {
      alone.lit = alone.lit === j ? null : j;
      redraw();
    });
    return chip;
  }).forEach((chip, j) => {
    mark(chip, "class", `chip ${tapClass([j])}`);
    mark(chip, "aria-pressed", alone.lit === j);
    say(chip, `${taps[j][0]} = ${shown(taps[j][1])}`);
  });
}
