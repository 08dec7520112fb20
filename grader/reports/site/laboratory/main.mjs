// The whole page: its state, its address, its tabs and plain fields.
import { oneDimension, twoDimensions } from "./cases.mjs";
import { drawCosts, startCosts } from "./costs.mjs";
import { byId, letKeysScroll, made, mark, say } from "./document.mjs";
import { drawImages, startImages } from "./images.mjs";
import { PRESETS } from "./presets.mjs";
import { drawSignals, startSignals } from "./signals.mjs";
import { drawFolding, drawShift, drawSpectra, startSpectra } from "./spectra.mjs";
import { DEFAULTS, expected, LIMITS, list, read, written } from "./state.mjs";
import { parsed } from "./values.mjs";

const TABS = ["1d", "2d", "cost"];
const KEYS = {
  "1d": ["x", "h", "op", "mode", "stride", "padding", "dilation", "fft", "at", "bin", "shift"],
  "2d": ["image", "kernel", "op2", "mode2", "stride2", "padding2", "dilation2", "at2"],
  cost: ["n", "k"],
};
const LOOKS = ["at", "bin", "shift", "at2"];
// Browsers refuse to change the address more than about twenty times a second.
const SETTLED = 150;

let { state, notes } = read(location.hash);
let waiting = null;

function change(fields) {
  const [least, most] = LIMITS.fft;
  state = { ...state, ...fields };
  if (state.fft !== null) state.fft = Math.min(Math.max(state.fft, least), most);
  if (Object.keys(fields).length) notes = [];
  draw();
  clearTimeout(waiting);
  waiting = setTimeout(keepAddress, SETTLED);
}

/** Write the state into the address, without a history entry for each step of a drag. */
function keepAddress() {
  waiting = null;
  const fragment = `#${written(state)}`;
  if (location.hash !== fragment) history.replaceState(null, "", fragment);
}

function draw() {
  for (const tab of TABS) {
    const chosen = tab === state.tab;
    mark(byId(`tab-${tab}`), "aria-selected", chosen);
    mark(byId(`tab-${tab}`), "tabindex", chosen ? 0 : -1);
    byId(`panel-${tab}`).hidden = !chosen;
    byId(`link-${tab}`).href = `#${written(state)}`;
    const preset = PRESETS[tab].findIndex(([, fields]) => sameCase(prepared(tab, fields), tab));
    byId(`preset-${tab}`).value = preset < 0 ? "" : preset;
  }
  byId("notes").hidden = !notes.length;
  say(byId("notes"), notes.join(" "));
  drawFields();
  if (state.tab === "1d") drawOne();
  else if (state.tab === "2d") drawImages(state, twoDimensions(state), change);
  else drawCosts(state);
  letKeysScroll();
}

function drawOne() {
  const found = oneDimension(state);
  drawSignals(state, found, change);
  drawSpectra(found);
  drawFolding(state, found);
  drawShift(state, found);
}

function prepared(tab, fields) {
  const plain = Object.fromEntries(KEYS[tab].map((key) => [key, DEFAULTS[key]]));
  return { ...state, ...plain, ...fields };
}

/** Say whether a state has the shown numbers; the selected output or frequency doesn't matter. */
function sameCase(other, tab) {
  const looks = Object.fromEntries(LOOKS.map((key) => [key, DEFAULTS[key]]));
  return written({ ...other, ...looks, tab }) === written({ ...state, ...looks, tab });
}

function drawFields() {
  for (const input of document.querySelectorAll("input[type=radio]")) input.checked = state[input.name] === input.value;
  for (const key of ["x", "h"]) if (document.activeElement !== byId(key)) byId(key).value = state[key].join(", ");
  for (const [id, key, way] of numbers()) {
    const value = way === undefined ? state[key] : state[key][way];
    if (document.activeElement !== byId(id) || byId(id).valueAsNumber !== value) byId(id).value = value;
    if (key.startsWith("padding")) byId(id).disabled = state[key === "padding" ? "mode" : "mode2"] === "circular";
  }
  for (const [id, key, size] of counts()) byId(id).disabled = size === LIMITS[key][id.endsWith("less") ? 0 : 1];
}

/** Return the number fields: id, key, and the index for a key with two numbers. */
function numbers() {
  const two = ["stride2", "padding2", "dilation2"].flatMap((key) => [[`${key}-0`, key, 0], [`${key}-1`, key, 1]]);
  return [...["stride", "padding", "dilation", "n", "k"].map((key) => [key, key]), ...two];
}

/** Return the buttons that make something longer or shorter: id, key, current length. */
function counts() {
  const both = (id, key, size) => [[`${id}-less`, key, size], [`${id}-more`, key, size]];
  const grids = ["image", "kernel"].flatMap((key) => [
    ...both(`${key}-rows`, key, state[key].length),
    ...both(`${key}-columns`, key, state[key][0].length),
  ]);
  return [...both("x", "x", state.x.length), ...both("h", "h", state.h.length), ...grids];
}

function start() {
  for (const tab of TABS) {
    byId(`tab-${tab}`).addEventListener("click", () => change({ tab }));
    byId(`tab-${tab}`).addEventListener("keydown", (event) => chooseTab(event, tab));
    const select = byId(`preset-${tab}`);
    PRESETS[tab].forEach(([name], place) => {
      const option = made("option", "", name);
      option.value = place;
      select.append(option);
    });
    select.addEventListener("change", () => select.value && change(prepared(tab, PRESETS[tab][select.value][1])));
  }
  for (const input of document.querySelectorAll("input[type=radio]")) {
    input.addEventListener("change", () => change({ [input.name]: input.value }));
  }
  for (const [id, key, way] of numbers()) listenToNumber(byId(id), key, way);
  for (const key of ["x", "h"]) listenToList(byId(key), key);
  startSignals(change, () => state);
  startSpectra(change);
  startImages(change, () => state);
  startCosts(change);
  addEventListener("hashchange", load);
  addEventListener("resize", draw);
  byId("main").hidden = false;
  draw();
}

function chooseTab(event, tab) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const ends = { Home: TABS[0], End: TABS.at(-1) };
  if (!step && !ends[event.key]) return;
  event.preventDefault();
  const next = ends[event.key] ?? TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
  change({ tab: next });
  byId(`tab-${next}`).focus();
}

function listenToNumber(input, key, way) {
  const [least, most] = LIMITS[key];
  input.addEventListener("input", () => {
    const value = parsed(input.value);
    if (!Number.isInteger(value) || value < least || value > most) return complain(input, key, input.value);
    return change({ [key]: way === undefined ? value : state[key].with(way, value) });
  });
  input.addEventListener("blur", settle);
}

function listenToList(input, key) {
  input.addEventListener("input", () => {
    const values = list(input.value, key);
    if (values) change({ [key]: values });
    else complain(input, key, input.value);
    mark(input, "aria-invalid", values ? null : true);
  });
  input.addEventListener("blur", settle);
}

/** Show the current value again in a field that lost the focus. */
function settle(event) {
  mark(event.target, "aria-invalid", null);
  notes = [];
  draw();
}

/** Say what is wrong with a field's text; the figures keep the previous value. */
function complain(input, key, text) {
  notes = [`${key} is “${text}”; expected ${expected(key)}. The figures still show the previous value.`];
  byId("notes").hidden = false;
  say(byId("notes"), notes[0]);
}

/** Load the state of a followed address; a link inside the page, such as the skip link, has none. */
function load() {
  if (location.hash && !location.hash.includes("=")) return keepAddress();
  if (location.hash === `#${written(state)}`) return undefined;
  clearTimeout(waiting);
  ({ state, notes } = read(location.hash));
  return draw();
}

start();
