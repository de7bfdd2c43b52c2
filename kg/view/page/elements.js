"use strict";

/* Elements of the page. Text becomes a text node, always: an article's words are never read as HTML. */

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* The sign of a kind of entity. */
function kindSign(kind) {
  const { outline } = KINDS[kind];
  const shape = outline ? svg("polygon", { points: outline }) : svg("circle", { cx: 10, cy: 10, r: 9 });
  return svg("svg", { viewBox: "0 0 20 20", class: "sign kind-" + kind, "aria-hidden": "true" }, shape);
}

/* The sign of a kind of relation: thick when material, barred when in conflict, dotted when lasting. */
function quadSign(quad, dashed) {
  const { arrow, width } = QUADS[quad];
  const line = svg("line", { x1: 1, y1: 6, x2: 22, y2: 6, "stroke-width": width });
  const dashes = dashed ? "5 3" : quad === 0 ? "1.5 3" : null;
  if (dashes) line.setAttribute("stroke-dasharray", dashes);
  const parts = [line, svg("polygon", { points: "20,1 30,6 20,11" })];
  if (arrow === "triangle-cross") parts.push(svg("line", { x1: 17, y1: 1, x2: 17, y2: 11, "stroke-width": 2 }));
  return svg("svg", { viewBox: "0 0 31 12", class: "line quad-" + quad, "aria-hidden": "true" }, ...parts);
}

function byId(id) {
  return document.getElementById(id);
}
