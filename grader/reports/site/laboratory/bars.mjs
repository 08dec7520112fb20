// Vectors as bars, to look at or to drag.
import { clamp } from "./cases.mjs";
import { keep, made, mark, measure, say } from "./document.mjs";
import { largest, roundedUp, shown } from "./values.mjs";

const FEW = 16;
const PAGE = 5;

/** Draw bars, each `{ value, kind }`, with numbers if they fit. A bar may have a `ghost`, the outline of another
 * value, or a `base`: the part above it is drawn as added. */
export function drawBars(box, bars, { label, range, scale = 0, few = FEW }) {
  const holder = keep(box, 1, () => made("div", "bars"))[0];
  mark(holder, "role", "img");
  mark(holder, "aria-label", label);
  fill(holder, bars, range ?? around([...bars.map((one) => one.value), ...bars.map((one) => one.ghost ?? 0)]), scale, few);
}

/** Draw bars that can be dragged, each also a keyboard slider; `change` gets the new list. */
export function drawSliders(box, values, { name, kinds, least, change }) {
  const holder = keep(box, 1, () => grasped(made("div", "bars held")))[0];
  mark(holder, "role", "group");
  mark(holder, "aria-label", name === "x" ? "The signal" : "The filter");
  // Don't rescale after a change by the bars themselves: the bar would move under the hand.
  if (holder.own !== values) holder.measure = reach(values, least);
  Object.assign(holder, { values, change });
  const { most } = holder.measure;
  fill(holder, values.map((value, j) => ({ value, kind: kinds?.(j) ?? "" })), [-most, most], 0, FEW);
  [...holder.children].forEach((column, j) => {
    const told = { role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-label": `${name}[${j}]` };
    Object.assign(told, { "aria-valuemin": -most, "aria-valuemax": most, "aria-valuenow": values[j] });
    for (const [key, value] of Object.entries(told)) mark(column, key, value);
  });
}

function fill(holder, bars, [low, high], scale, most) {
  const few = bars.length <= most;
  const words = bars.map((one) => shown(one.value, scale));
  holder.classList.toggle("dense", !few);
  measure(holder, "--chars", few ? Math.max(...words.map((one) => one.length), 1) : 0);
  measure(holder, "--zero", percent(-low / (high - low)));
  keep(holder, bars.length, makeColumn).forEach((column, j) => {
    const [number, plot, index] = column.children;
    const { value, ghost, base, kind } = bars[j];
    const other = base === undefined ? ghost : value;
    mark(column, "class", `column ${kind ?? ""}`.trim());
    say(number, few ? words[j] : "");
    say(index, few || j % 8 === 0 ? String(j) : "");
    span(plot.children[0], 0, base ?? value, low, high);
    plot.children[1].hidden = other === undefined;
    if (other !== undefined) span(plot.children[1], base ?? 0, other, low, high);
  });
}

function makeColumn() {
  const column = made("div");
  const plot = made("span", "plot");
  plot.append(made("span", "bar"), made("span", "ghost"));
  column.append(made("span", "number"), plot, made("span", "index"));
  return column;
}

function span(bar, start, end, low, high) {
  const [from, to] = [Math.min(start, end), Math.max(start, end)].map((one) => clamp(one, low, high));
  measure(bar, "--from", percent((from - low) / (high - low)));
  measure(bar, "--tall", percent((to - from) / (high - low)));
  bar.classList.toggle("below", end < start);
}

function percent(part) {
  return `${(100 * part).toFixed(3)}%`;
}

/** Return a range that contains all values and zero. */
export function around(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return low === high ? [0, 1] : [low, high];
}

function reach(values, least) {
  if (values.every(Number.isInteger)) return { most: Math.max(least, roundedUp(largest(values)) || 0), step: 1 };
  const most = roundedUp(1.2 * largest(values));
  return { most, step: most / 20 };
}

function grasped(holder) {
  const set = (j, value) => {
    const { most } = holder.measure;
    const rounded = Number(clamp(value, -most, most).toFixed(6)) + 0;
    if (rounded === holder.values[j]) return;
    holder.own = holder.values.with(j, rounded);
    holder.change(holder.own);
  };
  const follow = (event) => {
    const { most, step } = holder.measure;
    const plot = holder.children[holder.grasp].children[1].getBoundingClientRect();
    const part = 1 - (event.clientY - plot.top) / plot.height;
    set(holder.grasp, Math.round((2 * most * part - most) / step) * step);
  };
  holder.addEventListener("pointerdown", (event) => {
    const column = event.target.closest(".column");
    if (!column || event.button !== 0) return;
    event.preventDefault();
    column.focus({ preventScroll: true });
    holder.grasp = [...holder.children].indexOf(column);
    holder.setPointerCapture(event.pointerId);
    follow(event);
  });
  holder.addEventListener("pointermove", (event) => holder.hasPointerCapture(event.pointerId) && follow(event));
  holder.addEventListener("keydown", (event) => {
    const { most, step } = holder.measure;
    const j = [...holder.children].indexOf(event.target.closest(".column"));
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: PAGE, PageDown: -PAGE };
    const ends = { Home: -most, End: most };
    if (j < 0 || !(event.key in steps || event.key in ends)) return;
    event.preventDefault();
    set(j, ends[event.key] ?? holder.values[j] + steps[event.key] * step);
  });
  return holder;
}
