// The second tab: an image and a kernel, and the doubly block Toeplitz matrix.
import { byId, made, mark, say, tapClass } from "./document.mjs";
import { drawChips, signed, weights } from "./signals.mjs";
import { drawMatrix, drawTable } from "./tables.mjs";
import { parsed, shown } from "./values.mjs";

const looked = { lit: null };
const DRAG = 12;

export function startImages(change, current) {
  for (const key of ["image", "kernel"]) {
    const press = (id, make) => byId(`${key}-${id}`).addEventListener("click", () => change({ [key]: make(current()[key]) }));
    press("rows-less", (rows) => rows.slice(0, -1));
    press("rows-more", (rows) => [...rows, rows[0].map(() => 0)]);
    press("columns-less", (rows) => rows.map((row) => row.slice(0, -1)));
    press("columns-more", (rows) => rows.map((row) => [...row, 0]));
    const set = (r, c, value) => {
      const rows = current()[key];
      if (rows[r][c] !== value) change({ [key]: rows.with(r, rows[r].with(c, value)) });
    };
    listen(byId(key), set, () => change({}));
  }
  byId("at2").addEventListener("input", (event) => change({ at2: event.target.valueAsNumber }));
}

/** Read numbers that the reader types, steps with the arrow keys, or drags up and down with the mouse. */
function listen(box, set, redraw) {
  const place = ({ parentNode: { dataset } }) => [Number(dataset.row), Number(dataset.column)];
  box.addEventListener("input", (event) => {
    const value = parsed(event.target.value);
    if (value !== null) set(...place(event.target), value);
  });
  box.addEventListener("focusout", redraw);
  box.addEventListener("pointerdown", (event) => {
    const input = event.target.closest("input");
    if (!input || event.pointerType === "touch" || event.button !== 0) return;
    const [top, before] = [event.clientY, input.valueAsNumber || 0];
    const drag = (move) => {
      const steps = Math.round((top - move.clientY) / DRAG);
      if (steps || input.valueAsNumber !== before) set(...place(input), Number((before + steps).toFixed(6)));
    };
    input.setPointerCapture(event.pointerId);
    input.addEventListener("pointermove", drag);
    input.addEventListener("lostpointercapture", () => input.removeEventListener("pointermove", drag), { once: true });
  });
}

export function drawImages(state, found, change) {
  const { down, across, T, y, at, scale } = found;
  const [r, c] = [Math.floor(at / (across.length || 1)), at % (across.length || 1)];
  const under = (row, column) => tapClass(y.length ? tapsAt(row, column, r, c, down, across) : []);
  drawGrid(byId("image"), state.image, { name: "image", kind: under, down, across });
  drawGrid(byId("kernel"), state.kernel, { name: "kernel", kind: (a, b) => tapClass([a * across.taps + b]) });
  const rows = Array.from({ length: y.length ? down.length : 0 }, (_, i) =>
    Array.from({ length: across.length }, (_, j) => ({
      text: shown(y[i * across.length + j], scale),
      kind: i === r && j === c ? "current" : "",
    })),
  );
  drawTable(byId("Y"), {
    caption: `The output, ${rows.length} by ${rows[0]?.length ?? 0}`,
    ...{ rows, kind: "plain output", pick: (i, j) => change({ at2: i * across.length + j }) },
  });
  Object.assign(byId("at2"), { max: Math.max(0, y.length - 1), disabled: y.length < 2 });
  byId("at2").value = at;
  say(byId("at2-text"), y.length ? `Y[${r}, ${c}]` : "none");
  say(byId("sum2"), y.length ? sumOfImage(r, c, found) : "No output: the kernel is larger than the image with its padding.");
  drawOperator(state, found, change);
}

/** Return a window's taps on a pixel, or on a zero of the padding. */
function tapsAt(row, column, r, c, down, across) {
  const along = (axis, place, i) => Array.from({ length: axis.taps }, (_, j) => j).filter((j) => axis.place(i, j) === place);
  return along(down, row, r).flatMap((a) => along(across, column, c).map((b) => a * across.taps + b));
}

function sumOfImage(r, c, { down, across, x, h, y, at, scale }) {
  const factors = h.map((tap, j) => {
    const [row, column] = [down.source(r, Math.floor(j / across.taps)), across.source(c, j % across.taps)];
    return `${signed(tap)}·${signed(row < 0 || column < 0 ? 0 : x[row * across.size + column])}`;
  });
  return `Y[${r}, ${c}] = ${factors.join(" + ")} = ${shown(y[at], scale)}`;
}

function drawGrid(box, rows, { name, kind, down, across }) {
  const [above, left] = [down?.before ?? 0, across?.before ?? 0];
  const sides = [above + rows.length + (down?.after ?? 0), left + rows[0].length + (across?.after ?? 0)];
  const shape = [...sides, above, left, rows.length, rows[0].length].join(" ");
  if (box.dataset.shape !== shape) {
    box.dataset.shape = shape;
    box.replaceChildren(...grid(sides, (i, j) => cell(name, rows, i - above, j - left)));
  }
  for (const holder of box.querySelectorAll("span")) {
    const [row, column] = [Number(holder.dataset.row), Number(holder.dataset.column)];
    const input = holder.firstElementChild;
    mark(holder, "class", `${input ? "" : "padded "}${kind(row, column)}`.trim() || null);
    if (!input) continue;
    const typing = document.activeElement === input && parsed(input.value) === null;
    if (!typing && parsed(input.value) !== rows[row][column]) input.value = rows[row][column];
  }
}

function grid([height, width], make) {
  return Array.from({ length: height }, (_, i) => {
    const row = made("div", "grid-row");
    row.append(...Array.from({ length: width }, (_, j) => make(i, j)));
    return row;
  });
}

function cell(name, rows, row, column) {
  const inside = row >= 0 && column >= 0 && row < rows.length && column < rows[0].length;
  const holder = made("span", "", inside ? "" : "0");
  Object.assign(holder.dataset, { row, column });
  if (!inside) return holder;
  const input = made("input");
  Object.assign(input, { type: "number", step: "any" });
  mark(input, "aria-label", `${name}[${row}, ${column}]`);
  holder.append(input);
  return holder;
}

function drawOperator({ mode2, stride2, kernel }, { down, across, T, x, h, multiplied, at, scale }, change) {
  const [m, n] = [multiplied.length, x.length];
  const alone = () => change({});
  const names = h.map((tap, j) => [`H[${Math.floor(j / across.taps)}, ${j % across.taps}]`, tap]);
  say(byId("kind2"), kindOfImages(mode2 === "circular", m, stride2));
  drawChips(byId("chips2"), names, looked, alone);
  const places = Array.from({ length: m }, (_, i) => `${Math.floor(i / across.length)},${i % across.length}`);
  const pick = (i) => change({ at2: i });
  drawMatrix(byId("T2"), T, {
    caption: `T, a matrix of ${m} rows and ${n} columns, with vec X above it`,
    ...{ corner: "X", heads: x.map((value, j) => ({ text: shown(value), kind: m ? tapClass(T.taps[at][j]) : "" })) },
    ...{ sides: places, breaks: [across.length, across.size], current: at, lit: looked.lit, numbers: (value) => shown(value) },
    ...{ kind: "tight", pick },
  });
  const large = byId("T2").firstElementChild.localName === "svg";
  byId("T2y").parentNode.classList.toggle("alone", large);
  byId("T2y").hidden = large;
  const rows = multiplied.map((value) => [{ text: shown(value, scale), kind: "" }]);
  drawTable(byId("T2y"), {
    caption: "vec Y, a column",
    ...{ heads: ["Y"], rows: large ? [] : rows, kind: "tight ends", breaks: [across.length], current: at, pick },
  });
  say(byId("weights2"), weights(m, n, kernel.length * kernel[0].length));
}

function kindOfImages(onTorus, m, strides) {
  if (!m) return "The kernel fits nowhere, so T has no rows.";
  const rows = "The image is read row by row.";
  if (strides.some((one) => one > 1)) return `${rows} T keeps the rows of a doubly block matrix that the stride selects.`;
  if (onTorus) return `${rows} T is doubly block circulant (BCCB): the blocks are circulant, and so is their arrangement.`;
  return `${rows} T is doubly block Toeplitz (BTTB): each block has constant diagonals, and the blocks repeat along the diagonals of blocks.`;
}

