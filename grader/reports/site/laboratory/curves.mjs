// The measured times below the counted costs: a file that the learner chooses, its curves and its table.
import { byId, drawing, keep, letKeysScroll, made, mark, say } from "./document.mjs";
import { LARGEST_FILE, legible, measurementIn, timeText } from "./measured.mjs";
import { drawAxes, drawNames, MARGIN, plotOf, superscript, TALL } from "./plot.mjs";
import { drawTable } from "./tables.mjs";
import { grouped } from "./values.mjs";

// The marks of `grade measure` in the terminal, in their order, and four more. Each is drawn around the origin.
const ROUND = "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z";
const [UPWARD, DOWNWARD] = ["M0-5.5L5.2 4H-5.2z", "M0 5.5L5.2-4H-5.2z"];
const [BOX, DIAMOND] = ["M-4-4H4V4H-4z", "M0-5.8L5.8 0 0 5.8-5.8 0z"];
const CROSS = "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z";
const [FULL, OPEN] = ["full", "open"];
const MARKS = [
  [ROUND, FULL], [UPWARD, FULL], [BOX, FULL], [DIAMOND, OPEN], [ROUND, OPEN], [UPWARD, OPEN],
  [BOX, OPEN], [DIAMOND, FULL], [DOWNWARD, FULL], [DOWNWARD, OPEN], [CROSS, FULL], [CROSS, OPEN],
];
// The letters of a name beside the plot, the width of one, and the room for the mark before it.
const [WIDE, NARROW] = [16, 11];
const [LETTER, BEFORE_NAME] = [7.3, 24];

// What is shown: `{ from, measurement }`, or null. It is no part of the address.
let measured = null;

export function startCurves() {
  const input = byId("measured");
  // Otherwise a browser doesn't report a file that is chosen again after a new measurement.
  input.addEventListener("click", () => (input.value = ""));
  input.addEventListener("change", () => choose(input));
  byId("measured-remove").addEventListener("click", () => {
    input.value = "";
    input.focus();
    show(null, "The measured times are removed.");
  });
}

async function choose(input) {
  const [file] = input.files;
  if (!file) return;
  const { found, problem } = await contentOf(file);
  // Another file was chosen while this one was read, or it was removed.
  if (input.files[0] !== file) return;
  const from = legible(file.name);
  if (found) return show({ from, measurement: found }, introduction(from, found));
  input.value = "";
  const still = measured ? ` The curves are still those of ${measured.from}.` : "";
  return show(measured, `${from} can't be shown: ${problem}. Choose a file that grade measure EXERCISE --json FILE wrote.${still}`, true);
}

async function contentOf(file) {
  if (file.size > LARGEST_FILE) return { problem: `it has ${grouped(file.size)} bytes; expected up to ${grouped(LARGEST_FILE)}` };
  try {
    return measurementIn(await file.text());
  } catch (error) {
    return { problem: `the browser can't read it (${error.name})` };
  }
}

function introduction(from, { exercise, device, size, doubt, contenders }) {
  const count = `${contenders.length} function${contenders.length === 1 ? "" : "s"}`;
  const where = [exercise, device && `on ${device}`].filter(Boolean).join(" ");
  return `${from}: ${[where, count].filter(Boolean).join(", ")}.${size ? ` n is ${size}.` : ""}${doubt ? ` ${doubt}` : ""}`;
}

function show(what, said, refused = false) {
  measured = what;
  const says = byId("measured-says");
  mark(says, "class", refused || what?.measurement.doubt ? "note" : "sum");
  say(says, said);
  byId("measured-remove").hidden = byId("measured-shown").hidden = !what;
  byId("measured-chart").replaceChildren();
  if (what) drawCurves();
}

/** Draw the measured times, if there are any that aren't drawn in this width yet. */
export function drawCurves() {
  if (!measured) return;
  const box = byId("measured-chart");
  const width = Math.max(240, box.clientWidth);
  if (box.firstElementChild?.getAttribute("width") === String(width)) return;
  const { contenders } = measured.measurement;
  box.replaceChildren(curves(contenders, width));
  drawLegend(contenders);
  drawTimes(contenders);
  letKeysScroll();
}

function curves(contenders, width) {
  const points = contenders.flatMap((one) => one.points);
  const most = width < 480 ? NARROW : WIDE;
  const names = contenders.map((one) => legible(one.name, most));
  const right = Math.round(width - BEFORE_NAME - LETTER * Math.max(...names.map((one) => one.length)));
  const { across, columns, least, greatest } = sizesAxis(points, right, width);
  const { up, rows } = secondsAxis(points);
  const told = `Measured seconds over the size n, from ${least} to ${greatest}, both on logarithmic scales. The table below has the numbers.`;
  const picture = plotOf(width, told);
  drawAxes(picture, { right, rows, columns, up: "time", across: "size n" });
  const lines = contenders.map(({ points: own }, i) => ({ i, own: own.map((one) => [across(one.size), up(one.seconds)]) }));
  // The last one lies on top: the first contender, which is the learner's.
  const drawn = lines.filter(({ own }) => own.length).reverse();
  const ends = drawn.map(({ i, own }) => ({ name: names[i], kind: "", y: own.at(-1)[1] }));
  drawNames(picture, right + BEFORE_NAME - 4, ends);
  drawn.forEach(({ own }, place) => {
    const [x, y] = own.at(-1);
    picture.append(drawing("path", { class: "leader", d: `M${x.toFixed(1)} ${y.toFixed(1)}H${right}L${right + 6} ${ends[place].y.toFixed(1)}` }));
  });
  for (const { i, own } of drawn) picture.append(drawing("path", { class: `curve curve-${i}`, d: `M${own.map(spot).join("L")}` }));
  drawn.forEach(({ i, own }, place) => {
    for (const at of [...own, [right + 12, ends[place].y]]) picture.append(sign(i, at));
  });
  return picture;
}

function sizesAxis(points, right, width) {
  const sizes = points.map((one) => one.size);
  const [least, greatest] = [Math.min(...sizes), Math.max(...sizes)];
  // A single size stands in the middle.
  const aside = least === greatest ? 0.5 : 0;
  const [low, high] = [Math.log2(least) - aside, Math.log2(greatest) + aside];
  const across = (size) => MARGIN.left + 6 + ((right - MARGIN.left - 12) * (Math.log2(size) - low)) / (high - low);
  const powers = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i);
  const stride = Math.ceil(powers.length / (width < 480 ? 3 : 8));
  const round = powers.filter((_, i) => i % stride === 0).map((power) => [across(2 ** power), power > 20 ? `2${superscript(power)}` : grouped(2 ** power)]);
  const ends = [...new Set([least, greatest])].map((size) => [across(size), grouped(size)]);
  return { across, columns: round.length > 1 ? round : ends, least, greatest };
}

function secondsAxis(points) {
  const times = points.map((one) => Math.log10(one.seconds));
  const low = Math.floor(Math.min(...times));
  const high = Math.max(...times, low + 1);
  const at = (power) => TALL - MARGIN.bottom - ((TALL - MARGIN.top - MARGIN.bottom) * (power - low)) / (high - low);
  const every = Math.ceil((high - low) / 6);
  const powers = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + i * every);
  const text = (power) => (power < -9 || power > 3 ? `10${superscript(power)} s` : timeText(10 ** power));
  return { up: (seconds) => at(Math.log10(seconds)), rows: powers.map((power) => [at(power), text(power)]) };
}

function spot([x, y]) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** Return the mark of a contender, drawn at a place. */
function sign(contender, [x, y]) {
  const [d, kind] = MARKS[contender];
  return drawing("path", { class: `point ${kind} point-${contender}`, d, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
}

/** Draw each line's dash and mark, with the name in full, what it is, and why it stops. */
function drawLegend(contenders) {
  const entries = keep(byId("measured-legend"), contenders.length, () => made("li"));
  contenders.forEach(({ name, says, stopped, points }, i) => {
    const sample = drawing("svg", { class: "sample", width: 48, height: 16, viewBox: "0 0 48 16", "aria-hidden": true });
    sample.append(drawing("path", { class: `curve curve-${i}`, d: "M0 8H48" }), sign(i, [24, 8]));
    const text = made("span");
    text.append(made("bdi", "", name), made("span", "", says && `: ${says}`));
    if (stopped) text.append(made("span", "soft", ` ${points.length ? `Stops at n = ${grouped(points.at(-1).size)}` : "Not measured"}: ${stopped}.`));
    entries[i].replaceChildren(sample, text);
  });
}

function drawTimes(contenders) {
  const sizes = [...new Set(contenders.flatMap(({ points }) => points.map((one) => one.size)))].sort((one, other) => one - other);
  const timesOf = contenders.map(({ points }) => new Map(points.map((one) => [one.size, timeText(one.seconds)])));
  drawTable(byId("measured-times"), {
    caption: "Measured times by size n",
    heads: contenders.map((one) => one.name),
    corner: "n",
    sides: sizes.map(grouped),
    rows: sizes.map((size) => timesOf.map((own) => ({ text: own.get(size) ?? "–", kind: "" }))),
    kind: "plain costs",
  });
}
