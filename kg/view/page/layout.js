"use strict";

/* Where each entity stands. It follows from the graph and the page's proportions alone: no chance, no fonts. */

const CHARACTER = 7; // about how wide one is in a name, in pixels
const LINE = 15; // how high a line of a name is
const WIDEST = 19; // characters in a line of a name
const GAP = { x: 22, y: 14 }; // between two entities with their names
const ROWS = { x: 124, y: 60 }; // from one to the next of those without a relation

/* A name in at most three lines of about the same length. */
function linesOf(name) {
  const lines = [];
  const aim = Math.max(9, Math.ceil(name.length / Math.ceil(name.length / WIDEST)) + 1);
  for (const word of name.split(/\s+/).filter(Boolean)) {
    const short = word.length > WIDEST + 5 ? word.slice(0, WIDEST + 4) + "…" : word;
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + short.length <= aim + 2) lines[lines.length - 1] = last + " " + short;
    else lines.push(short);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), lines[2] + "…"] : lines;
}

/* The room that a sign of this size needs with its name beneath. */
function roomOf(name, size) {
  const lines = linesOf(name);
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return { w: Math.max(size, longest * CHARACTER) + GAP.x, h: size + lines.length * LINE + GAP.y };
}

/* Positions by id on a sheet of these proportions (width by height); `unconnected` says that its foot is kept for
   entities without a relation, which otherwise stand beneath it. It yields again and again, so that a page may do other
   things meanwhile, and ends with the positions. */
function* positionsOf(entities, relations, sizes, proportion, unconnected) {
  const room = ({ id, name }) => ({ id, ...roomOf(name, sizes.get(id)), size: sizes.get(id) });
  const ends = new Set(relations.flatMap(({ source, target }) => [source, target]));
  const [joined, lone] = [[], []];
  for (const entity of entities) (ends.has(entity.id) ? joined : lone).push(room(entity));
  const pair = ({ source, target }) => [[source, target].sort().join("\n"), { source, target }];
  const pairs = [...new Map(relations.map(pair)).values()]; // several relations of two entities pull once
  const sheet = sheetFor(joined, pairs, proportion, unconnected ? lone.length : 0);
  if (joined.length > CROWD) yield* gatherCrowd(joined, pairs, sheet, proportion);
  else {
    yield* untangle(joined, pairs, sheet);
    yield* spread(joined, pairs, sheet);
  }
  rowsBeneath(lone, sheet);
  return new Map([...joined, ...lone].map(({ id, x, y, h }) => [id, { x, y: y - (h - GAP.y - sizes.get(id)) / 2 }]));
}

function* ticks(simulation, times) {
  simulation.stop();
  for (let tick = 0; tick < times; tick++) yield simulation.tick();
}

/* Room for every name at full size and for the lines between them; a handful of entities get more. */
function sheetFor(points, pairs, proportion, beneath) {
  const names = 1.45 * points.reduce((sum, { w, h }) => sum + w * h, 0);
  const area = Math.max(names, 40000 * Math.min(pairs.length, 9), 10000);
  const step = Math.sqrt(area / Math.max(points.length, 1)); // from one entity to the next, if they stood in a grid
  const width = Math.sqrt((area + beneath * ROWS.x * ROWS.y) * proportion);
  return { width, height: area / width, step };
}

/* First who belongs near whom, on a sheet without an edge; then that is drawn out to the corners of the real one. */
function* untangle(points, pairs, { width, height, step }) {
  const charge = d3.forceManyBody().strength(-step * 7);
  const simulation = d3
    .forceSimulation(points)
    .force("link", linksOf(pairs, step).strength(0.5))
    .force("charge", charge)
    .force("x", d3.forceX().strength(0.07))
    .force("y", d3.forceY().strength(0.07));
  yield* ticks(simulation, 300);
  drawOut(points, "x", "w", width);
  drawOut(points, "y", "h", height);
}

function linksOf(pairs, step) {
  const copies = pairs.map((pair) => ({ ...pair })); // d3 puts its own points in
  return d3
    .forceLink(copies)
    .id((point) => point.id)
    .distance(step);
}

/* Half by how far out a point stands and half by its rank, so that a crowd in the middle takes up more of the sheet. */
function drawOut(points, axis, extent, length) {
  const order = [...points].sort((a, b) => a[axis] - b[axis]);
  const [low, high] = [order[0]?.[axis], order[order.length - 1]?.[axis]];
  order.forEach((point, rank) => {
    const by = high > low ? (point[axis] - low) / (high - low) : 0.5;
    const byRank = order.length > 1 ? rank / (order.length - 1) : 0.5;
    point[axis] = (0.5 * by + 0.5 * byRank - 0.5) * (length - point[extent]);
  });
}

/* Then on the sheet: neighbours draw near, the others keep away, and no name stands on another. */
function* spread(points, pairs, sheet) {
  const charge = d3.forceManyBody().strength(-sheet.step * 1.6);
  const simulation = d3
    .forceSimulation(points)
    .alpha(0.6)
    .alphaDecay(0.012)
    .force("link", linksOf(pairs, sheet.step).strength(0.12 * Math.min(1, 150 / points.length)))
    .force("charge", charge.distanceMax(sheet.step * 2.5))
    .force("apart", () => pushApart(points, 0.5))
    .force("sheet", () => keepOn(points, sheet));
  yield* ticks(simulation, 300);
  for (let times = 0; times < 80 && pushApart(points, 1); times++) keepOn(points, sheet);
}

/* Move points whose rooms overlap apart, along the shorter way; whether there were any. */
function pushApart(points, strength) {
  const order = [...points].sort((a, b) => a.y - b.y);
  const tallest = points.reduce((most, { h }) => Math.max(most, h), 0);
  let moved = false;
  order.forEach((a, index) => {
    for (let next = index + 1; next < order.length && order[next].y - a.y < tallest; next++)
      moved = pushPair(a, order[next], strength) || moved;
  });
  return moved;
}

function pushPair(a, b, strength) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [x, y] = [(a.w + b.w) / 2 - Math.abs(dx), (a.h + b.h) / 2 - Math.abs(dy)];
  if (x <= 0.5 || y <= 0.5) return false;
  const [axis, by] = x < y ? ["x", dx < 0 ? -x : x] : ["y", dy < 0 ? -y : y];
  a[axis] -= (by / 2) * strength;
  b[axis] += (by / 2) * strength;
  return true;
}

function keepOn(points, { width, height }) {
  for (const point of points) {
    const [x, y] = [Math.max(0, width - point.w) / 2, Math.max(0, height - point.h) / 2];
    point.x = Math.min(Math.max(point.x, -x), x);
    point.y = Math.min(Math.max(point.y, -y), y);
  }
}

/* What has no relation stands beneath the sheet, in rows as wide as it. */
function rowsBeneath(lone, { width, height }) {
  const columns = Math.max(4, Math.floor(width / ROWS.x));
  lone.forEach((point, index) => {
    point.x = ((index % columns) - (columns - 1) / 2) * ROWS.x;
    point.y = height / 2 + (Math.floor(index / columns) + 0.8) * ROWS.y;
  });
}
