// Replace the changing part of the page each time the grader sends an event.
"use strict";
{
  const place = document.getElementById("live");
  const said = document.getElementById("said");
  let asking = false;
  let again = false;

  async function refresh() {
    again = true;
    if (asking) return;
    asking = true;
    try {
      while (again) {
        again = false;
        const answer = await fetch(place.dataset.part, { cache: "no-store" });
        if (answer.ok) show(await answer.text());
      }
    } catch {
      // The server has stopped: `events.onerror` shows this.
    }
    asking = false;
  }

  /** Show the new part; keep open what the reader opened, and keep the focus. */
  function show(text) {
    const found = new DOMParser().parseFromString(text, "text/html").body;
    const opened = new Set(details(place).filter((one) => one.open).map(named));
    const focus = focusable(place).indexOf(document.activeElement);
    for (const one of details(found)) one.open ||= opened.has(named(one));
    place.replaceChildren(...found.childNodes);
    focusable(place)[focus]?.focus({ preventScroll: true });
    const line = place.querySelector(".now").textContent.trim();
    if (said.textContent !== line) said.textContent = line;
  }

  const details = (root) => [...root.querySelectorAll("details")];
  const named = (one) => one.querySelector("summary").textContent;
  const focusable = (root) => [...root.querySelectorAll("a, summary, [tabindex]")];

  const events = new EventSource(place.dataset.events);
  events.onmessage = refresh;
  events.onopen = () => document.documentElement.classList.remove("lost");
  events.onerror = () => document.documentElement.classList.add("lost");
}
