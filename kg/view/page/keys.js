"use strict";

/* What the keyboard does, in one table: the help shows it, and the page obeys it. */

const PAN = 60; // pixels a step
const KEYS = [
  { keys: ["/"], words: "search", run: (view) => byId("search").focus() },
  { keys: ["f"], words: "go to the filters", run: (view) => view.goTo(byId("facets").querySelector("summary")) },
  { keys: ["t"], words: "go to the time slider; arrow keys move its handles", run: (view) => view.goTo(byId("since")) },
  { keys: ["g"], words: "go to the picture; arrow keys move it", run: (view) => view.goTo(byId("graph")) },
  { keys: ["p"], words: "go to the facts of what is chosen", run: (view) => view.panel.focus() },
  { keys: ["+", "="], words: "zoom in", run: (view) => view.picture.zoomBy(1.3) },
  { keys: ["-"], words: "zoom out", run: (view) => view.picture.zoomBy(1 / 1.3) },
  { keys: ["0"], words: "fit the picture", run: (view) => view.picture.fit() },
  { keys: ["c"], words: "copy a link to what is shown", run: (view) => view.copyLink() },
  { keys: ["r"], words: "reset the filters", run: (view) => view.reset() },
  { keys: ["?"], words: "this help", run: (view) => view.help() },
  { keys: ["Escape"], words: "close the facts, then end the search", run: (view) => view.escape() },
];
const MORE = [
  ["↓ ↑", "through the list, from the search too; Enter chooses"],
  ["Tab", "to the next control"],
];
const ARROWS = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

function keyTable() {
  const rows = [...KEYS.map(({ keys, words }) => [keys[0] === "Escape" ? "Esc" : keys[0], words]), ...MORE];
  return rows.flatMap(([key, words]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)]);
}

/* Whether the key was one of ours. */
function obey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return false;
  const target = event.target;
  if (target === byId("graph") && ARROWS[event.key]) return (view.picture.panBy(...ARROWS[event.key]), true);
  if (target === byId("search") && event.key === "Enter") return (view.list.buttons()[0]?.click(), true);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return view.step(event.key === "ArrowDown" ? 1 : -1);
  const typing = target === byId("search") && event.key !== "Escape";
  const key = typing ? null : KEYS.find(({ keys }) => keys.includes(event.key));
  if (!key) return false;
  key.run(view);
  return true;
}
