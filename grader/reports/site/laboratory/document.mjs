// Helpers for the document that every figure uses. They set styles through the object model only, because the
// page's policy forbids inline styles.

export const HUES = 12;

export function byId(id) {
  return document.getElementById(id);
}

export function made(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set a class or an attribute only if it changes: most of a figure stays the same while a bar is dragged. */
export function mark(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export function measure(node, name, value) {
  if (node.style.getPropertyValue(name) !== String(value)) node.style.setProperty(name, value);
}

/** Give a node exactly so many children. Keep existing ones, so that the focus stays. */
export function keep(parent, count, create) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(create(parent.children.length));
  return [...parent.children];
}

export function tapClass(taps) {
  if (!taps.length) return "";
  return taps.length > 1 ? "tap tap-many" : `tap tap-${taps[0] % HUES}`;
}

export function drawing(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Make boxes focusable by keyboard only if they scroll. */
export function letKeysScroll() {
  for (const box of document.querySelectorAll(".scroll")) {
    mark(box, "tabindex", box.scrollWidth > box.clientWidth ? 0 : null);
  }
}
