// Matrices as tables: one number per cell, in the colour of its weight.
import { drawing, HUES, keep, made, mark, measure, say } from "./document.mjs";

const MOST_CELLS = 1600;
const SQUARE = 5;

/** Draw rows of cells, each `{ text, kind }`, with headers for columns and rows.
 *
 * `breaks` holds the block sizes of rows and columns; `current` is the row with a frame; `pick` gets a clicked row. */
export function drawTable(box, { caption, corner = "", heads, sides, rows, kind = "", breaks = [], current, pick }) {
  const table = keep(box, 1, () => picked(framed()))[0];
  const [captioned, top, body] = table.children;
  mark(table, "class", `matrix ${kind}`.trim());
  table.pick = pick;
  say(captioned, caption);
  measure(table, "--chars", Math.max(1, ...rows.flat().map((one) => one.text.length)));
  keep(top, heads ? 1 : 0, () => made("tr")).forEach((row) => {
    const cells = keep(row, heads.length + (sides ? 1 : 0), (j) => (j || !sides ? columnHead() : made("td", "corner")));
    if (sides) say(cells[0], corner);
    cells.slice(sides ? 1 : 0).forEach((cell, j) => put(cell, heads[j], edge(j, breaks[1])));
  });
  keep(body, rows.length, () => made("tr")).forEach((row, i) => {
    mark(row, "class", `${i === current ? "current" : ""}${edge(i, breaks[0])}`.trim() || null);
    const cells = keep(row, rows[i].length + (sides ? 1 : 0), (j) => (j || !sides ? made("td") : rowHead()));
    if (sides) put(cells[0], sides[i], "");
    cells.slice(sides ? 1 : 0).forEach((cell, j) => put(cell, rows[i][j], edge(j, breaks[1])));
  });
}

/** Draw a matrix as a table, or as a picture of its colours if it is too large for numbers. */
export function drawMatrix(box, T, options) {
  const { lit, numbers } = options;
  const columns = T.values[0]?.length ?? 0;
  if (T.values.length * columns > MOST_CELLS) return drawPicture(box, T, options);
  if (box.firstElementChild?.localName === "svg") box.replaceChildren();
  const cell = (taps, value) => ({ text: numbers(value), kind: kindOf(taps, lit) });
  return drawTable(box, { ...options, rows: T.taps.map((row, i) => row.map((taps, j) => cell(taps, T.values[i][j]))) });
}

function kindOf(taps, lit) {
  if (!taps.length) return "none";
  const colour = taps.length > 1 ? "many" : taps[0] % HUES;
  return lit === null || taps.includes(lit) ? `tap tap-${colour}` : "dim";
}

function drawPicture(box, T, { caption, current, lit }) {
  const [height, width] = [T.values.length * SQUARE, T.values[0].length * SQUARE];
  const picture = drawing("svg", { class: "picture", role: "img", width, height, viewBox: `0 0 ${width} ${height}` });
  picture.setAttribute("aria-label", `${caption}. Too large for numbers, so only its colours are drawn.`);
  picture.append(drawing("rect", { class: "ground", width, height }));
  const paths = new Map();
  T.taps.forEach((row, i) =>
    row.forEach((taps, j) => {
      const kind = kindOf(taps, lit);
      if (kind === "none") return;
      paths.set(kind, `${paths.get(kind) ?? ""}M${j * SQUARE} ${i * SQUARE}h${SQUARE}v${SQUARE}h-${SQUARE}z`);
    }),
  );
  for (const [kind, d] of paths) picture.append(drawing("path", { class: kind, d }));
  picture.append(drawing("rect", { class: "frame", x: 0, y: current * SQUARE, width, height: SQUARE }));
  box.replaceChildren(picture);
}

function framed() {
  const table = made("table");
  table.append(made("caption", "unseen"), made("thead"), made("tbody"));
  return table;
}

function picked(table) {
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (table.pick && cell) table.pick(cell.parentNode.rowIndex - table.tHead.rows.length, cell.cellIndex);
  });
  return table;
}

function columnHead() {
  const cell = made("th");
  cell.scope = "col";
  return cell;
}

function rowHead() {
  const cell = made("th");
  cell.scope = "row";
  return cell;
}

function put(cell, what, border) {
  const { text, kind } = typeof what === "object" ? what : { text: String(what), kind: "" };
  say(cell, text);
  mark(cell, "class", `${kind}${border}`.trim() || null);
}

function edge(place, size) {
  return size > 1 && place > 0 && place % size === 0 ? " block" : "";
}
