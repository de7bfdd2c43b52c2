"use strict";

/* How entities and relations look, as a style sheet of Cytoscape.js. `scale` is how much larger than on the screen signs
   are drawn, so that they can be told apart from afar and do not swell from near. A change of it concerns every element;
   the size of a name stands with its node, so that it concerns only the names that are drawn. */

const FONT = "system-ui, sans-serif";
const BOLD = 600;
const EDGE_FONT = 11;
const OUTLINE = 2.2; // pixels around letters, in the ground's colour

/* What a name is written in, in pixels of the screen: the more relations, the larger. */
function fontOf(node) {
  const weight = node.data("weight");
  return { size: weight >= 6 ? 13.5 : weight >= 3 ? 12.5 : 11.5, weight: weight >= 3 ? BOLD : 400 };
}

function pictureStyle(colour, scale, crowd) {
  const kinds = Object.entries(KINDS).map(([kind, { shape }]) => ({
    selector: `node[kind = "${kind}"]`,
    style: { shape, "background-color": colour("kind-" + kind.toLowerCase()) },
  }));
  const quads = Object.entries(QUADS).map(([quad, { arrow, width }]) => {
    const stroke = colour("quad-" + quad);
    const line = { "line-color": stroke, "target-arrow-color": stroke, "source-arrow-color": stroke };
    return {
      selector: `edge[quad = ${quad}]`,
      style: { ...line, width: width * 0.8 * scale, "target-arrow-shape": arrow },
    };
  });
  return [nodeStyle(colour, scale), edgeStyle(colour, scale, crowd), ...kinds, ...quads, ...stateStyle(colour, scale)];
}

function textStyle(colour) {
  return {
    "font-family": FONT,
    "text-wrap": "wrap",
    "line-height": 1.12,
    "text-max-width": 10000, // lines are broken already
    "text-outline-color": colour("ground"),
    "text-outline-width": "data(outline)",
    "text-outline-opacity": 0.92,
  };
}

function nodeStyle(colour, scale) {
  const size = (node) => node.data("size") * scale;
  const style = {
    ...textStyle(colour),
    color: colour("ink"),
    label: "data(label)",
    width: size,
    height: size,
    "font-size": "data(font)",
    "font-weight": (node) => fontOf(node).weight,
    "border-width": 1.5 * scale,
    "border-color": colour("ground"),
    "text-valign": "center",
    "text-halign": "center",
    "text-margin-x": "data(dx)",
    "text-margin-y": "data(dy)",
    "text-justification": "data(justify)",
    "z-index": (node) => Math.round(node.data("weight")), // names of hubs over the signs of others
  };
  return { selector: "node", style };
}

function edgeStyle(colour, scale, crowd) {
  const style = {
    ...textStyle(colour),
    color: colour("soft"),
    label: "data(label)",
    "font-size": "data(font)",
    "text-rotation": "autorotate",
    "curve-style": "unbundled-bezier",
    "control-point-weights": 0.5,
    "control-point-distances": (edge) => bendOf(edge, scale),
    "arrow-scale": 0.95 * scale,
    "target-distance-from-node": 1.5 * scale,
    "source-distance-from-node": 1.5 * scale,
    "line-opacity": crowd ? 0.4 : 0.72, // where lines cross lines, names come first
  };
  return { selector: "edge", style };
}

/* A line alone bows a little, always to the same hand; several between the same two fan out. */
function bendOf(edge, scale) {
  const { rank, ranks, turned } = edge.data();
  const [from, to] = [edge.source().position(), edge.target().position()];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (ranks === 1) return 0.1 * length;
  const step = Math.min(Math.max(0.16 * length, 16 * scale), 34 * scale);
  return (turned ? -1 : 1) * (rank - (ranks - 1) / 2) * step;
}

/* The middle of a line; Cytoscape.js knows it only once the line has been drawn. */
function middleOf(edge, scale) {
  const [from, to] = [edge.source().position(), edge.target().position()];
  const half = bendOf(edge, scale) / 2 / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
  return { x: (from.x + to.x) / 2 - (to.y - from.y) * half, y: (from.y + to.y) / 2 + (to.x - from.x) * half };
}

function stateStyle(colour, scale) {
  const glow = { "underlay-color": colour("accent"), "underlay-opacity": 0.3, "underlay-padding": 5 * scale };
  const pointed = { opacity: 1, "text-opacity": 1, "line-opacity": 1, "z-index": 9999 };
  const ring = { "border-width": 3 * scale, "border-color": colour("accent") };
  return [
    { selector: "edge[quad = 0]", style: { "line-style": "dotted" } },
    { selector: "edge.attributed", style: { "line-style": "dashed", "line-dash-pattern": [7, 4] } },
    { selector: "edge.reciprocal", style: { "source-arrow-shape": "triangle" } },
    { selector: "node[kind = 'Group']", style: { color: colour("soft"), "font-weight": 400 } },
    { selector: "edge.unnamed-parties", style: { "line-opacity": 0.4, width: 1.2 * scale } },
    { selector: ".silent", style: { "text-opacity": 0 } },
    { selector: ".faint", style: { opacity: 0.16 } },
    { selector: "edge.near", style: { "line-opacity": 1 } },
    { selector: ".hover", style: { ...pointed, color: colour("ink") } },
    { selector: "node.hover, node.chosen", style: { "text-outline-opacity": 1 } },
    { selector: "node.chosen", style: ring },
    { selector: "edge.chosen", style: { ...glow, color: colour("ink") } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}
