// A plot of lines: its frame, its ticks, and the names at the ends of its lines.
import { drawing } from "./document.mjs";

export const TALL = 300;
export const MARGIN = { left: 56, right: 60, top: 26, bottom: 40 };
const APART = 15;

/** Return an empty plot. Screen readers read `told` in its place. */
export function plotOf(width, told) {
  const picture = drawing("svg", { class: "chart", role: "img", width, height: TALL, viewBox: `0 0 ${width} ${TALL}` });
  picture.setAttribute("aria-label", told);
  return picture;
}

/** Draw the rules with their labels, `rows` as `[y, text]` and `columns` as `[x, text]`, and the names of both axes. */
export function drawAxes(picture, { right, rows, columns, up, across }) {
  for (const [y, text] of rows) {
    picture.append(drawing("path", { class: "rule", d: `M${MARGIN.left} ${y.toFixed(1)}H${right}` }));
    write(picture, text, { x: MARGIN.left - 6, y: y + 4, "text-anchor": "end" });
  }
  for (const [x, text] of columns) {
    picture.append(drawing("path", { class: "rule", d: `M${x.toFixed(1)} ${MARGIN.top}V${TALL - MARGIN.bottom}` }));
    write(picture, text, { x, y: TALL - MARGIN.bottom + 18, "text-anchor": "middle" });
  }
  write(picture, up, { x: 0, y: 12, "text-anchor": "start" });
  write(picture, across, { x: (MARGIN.left + right) / 2, y: TALL - 4, "text-anchor": "middle" });
}

/** Write a name for each line, `{ name, kind, y }`, from `x` on. Move `y` where names would overlap. */
export function drawNames(picture, x, ends) {
  const inOrder = [...ends].sort((one, other) => one.y - other.y);
  let least = 0;
  for (const one of inOrder) {
    one.y = Math.max(one.y, least);
    least = one.y + APART;
  }
  let most = TALL - MARGIN.bottom;
  for (const one of inOrder.reverse()) {
    one.y = Math.min(one.y, most);
    most = one.y - APART;
  }
  for (const { name, kind, y } of ends) write(picture, name, { class: `name ${kind}`, x, y: y + 4 });
}

export function write(picture, text, attributes) {
  const node = drawing("text", attributes);
  node.textContent = text;
  picture.append(node);
}

export function superscript(power) {
  return String(power).replace(/[-\d]/g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]));
}
