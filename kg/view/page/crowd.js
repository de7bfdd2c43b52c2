"use strict";

/* The layout of many hundreds of entities: there is no room for every name, so only the signs keep off each other. */

const CROWD = 400; // more than so many connected entities are a crowd
const CROWD_TICKS = 130;
const ISLAND = { few: 4, room: 74 }; // so few entities that know nobody else; pixels from one such island to the next

/* Who has many relations comes into the middle of those; the height and width of the whole are as the picture's. */
function* gatherCrowd(points, pairs, sheet, proportion) {
  const { main, islands } = parted(points, pairs);
  const among = new Set(main.map(({ id }) => id));
  const simulation = d3
    .forceSimulation(main)
    .alphaDecay(1 - 0.001 ** (1 / CROWD_TICKS))
    .force(
      "link",
      linksOf(
        pairs.filter(({ source }) => among.has(source)),
        60,
      ),
    )
    .force(
      "charge",
      d3
        .forceManyBody()
        .strength((point) => -18 * point.size)
        .theta(1.2),
    )
    .force("x", d3.forceX().strength(0.06 / proportion))
    .force("y", d3.forceY().strength(0.06 * proportion));
  yield* ticks(simulation, CROWD_TICKS);
  simulation
    .force("link", null)
    .force(
      "apart",
      d3.forceCollide((point) => point.size / 2 + 7),
    )
    .alpha(0.01);
  yield* ticks(simulation, 12);
  const reach = (axis) => 2 * main.reduce((most, point) => Math.max(most, Math.abs(point[axis])), 100);
  Object.assign(sheet, { width: reach("x") + 40, height: reach("y") + 40 });
  islandsBeneath(islands, sheet);
}

/* Those who are tied to many, however far, and small circles apart from them. */
function parted(points, pairs) {
  const byPoint = gather(pairs, ({ source, target }) => [source, target]);
  const [seen, main, islands] = [new Set(), [], []];
  for (const point of points) {
    if (seen.has(point.id)) continue;
    const island = new Set([point.id]);
    for (const id of island) for (const { source, target } of byPoint.get(id)) island.add(source).add(target);
    island.forEach((id) => seen.add(id));
    if (island.size <= ISLAND.few) islands.push(island);
    else main.push(...island);
  }
  const byId = new Map(points.map((point) => [point.id, point]));
  const these = (ids) => [...ids].map((id) => byId.get(id));
  return { main: these(main), islands: islands.map(these) };
}

/* Small circles stand beneath, in rows as wide as the rest. */
function islandsBeneath(islands, sheet) {
  const columns = Math.max(4, Math.floor(sheet.width / ISLAND.room));
  islands.forEach((island, index) => {
    const x = ((index % columns) - (columns - 1) / 2) * ISLAND.room;
    const y = sheet.height / 2 + (Math.floor(index / columns) + 0.5) * ISLAND.room;
    island.forEach((point, step) => {
      const angle = (2 * Math.PI * (step + 0.4 * (index % 5))) / island.length;
      Object.assign(point, { x: x + 19 * Math.cos(angle), y: y + 19 * Math.sin(angle) });
    });
  });
  sheet.height += 2 * Math.ceil(islands.length / columns) * ISLAND.room; // as it reaches from its middle
}

/* Run a generator to its end in short slices, between which the page can answer; null when it is not wanted any more. */
async function inSlices(steps, wanted) {
  for (;;) {
    const end = performance.now() + 16;
    while (performance.now() < end) {
      const { done, value } = steps.next();
      if (done) return value;
    }
    await new Promise((resume) => setTimeout(resume));
    if (!wanted()) return null;
  }
}
