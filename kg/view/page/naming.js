"use strict";

/* Gives each name in the picture its place, or silences it: what is asked for comes first, then what has the most
   relations. Of a crowd only what is in sight is named. */

const LEADING = 12; // so many names may stand over signs, if there is no other room
const FEW = 24; // so many relations are drawn with their words from the start
const [MOST_NAMES, MOST_WORDS] = [300, 200]; // placed at once, of entities and of relations
const NEEDED = 8000; // square pixels for each name near a choice, if all of them are to be drawn even over each other
const MARGIN = 14; // pixels between the outermost signs' rooms and the picture's edge

class Naming {
  constructor(cy) {
    this.cy = cy;
    this.pen = new Pen();
  }

  /* `scale` is how signs and text are enlarged, `fitted` the zoom at which all is in sight, with the box around it. */
  place(scale, fitted, crowd) {
    Object.assign(this, { scale, fitted, zoom: this.cy.zoom() });
    this.names = new Names(this.frame(), this.pen);
    const drawn = this.cy.elements().filter((one) => !one.hasClass("hidden"));
    const nodes = drawn.nodes().filter((node) => !crowd || this.inSight(node));
    const seen = new Set(nodes.map((node) => node.id()));
    const words = drawn.edges().length <= FEW || this.zoom > 1.7 * fitted.zoom;
    const asked = (edge) => edge.hasClass("near") || (words && !edge.hasClass("faint"));
    const near = ({ source, target }) => seen.has(source) || seen.has(target);
    const edges = byUrgency(drawn.edges().filter((edge) => asked(edge) && near(edge.data()))).slice(0, MOST_WORDS);
    const told = new Set(edges);
    const room = (this.cy.width() * this.cy.height()) / NEEDED;
    this.pressing = nodes.filter((node) => node.hasClass("near")).length <= room ? "near" : "chosen";
    this.cy.batch(() => {
      nodes.forEach((node) => this.names.addSign(this.spot(node)));
      byUrgency(nodes).forEach((node, rank) => this.nameNode(node, rank));
      drawn.edges().forEach((edge) => told.has(edge) || mark(edge, "silent", true));
      edges.forEach((edge) => this.nameEdge(edge));
    });
  }

  /* One name as under the pointer, wherever it falls. */
  alone(one) {
    if (!one.hasClass("silent")) return;
    const { radius, grown } = one.isNode() ? this.spot(one) : { radius: 0, grown: this.scale.text * this.zoom };
    const place = { dx: 0, dy: radius + 8 * grown, side: 0 };
    this.put(one, one.isNode() ? fontOf(one).size : EDGE_FONT, one.isNode() ? place : null);
  }

  /* No name leaves the picture as it is when it fits. */
  frame() {
    const { x1, y1, x2, y2 } = this.fitted;
    const [zoom, space] = [this.zoom, MARGIN / this.fitted.zoom - 4 / this.zoom];
    return { x1: (x1 - space) * zoom, y1: (y1 - space) * zoom, x2: (x2 + space) * zoom, y2: (y2 + space) * zoom };
  }

  inSight(node) {
    const { x, y } = node.renderedPosition();
    return x > -80 && y > -40 && x < this.cy.width() + 80 && y < this.cy.height() + 40;
  }

  /* A sign on the screen, but for where the picture has been moved to; `grown` is how much its text is enlarged. */
  spot(node) {
    const [zoom, { x, y }] = [this.zoom, node.position()];
    const radius = (node.data("size") / 2) * this.scale.sign * zoom;
    return { id: node.id(), x: x * zoom, y: y * zoom, radius, grown: this.scale.text * zoom };
  }

  nameNode(node, rank) {
    const spot = this.spot(node);
    const [{ size, weight }, needed] = [fontOf(node), node.hasClass(this.pressing)];
    const wanted = !node.hasClass("faint") && (rank < MOST_NAMES || needed);
    const [lines, line] = [node.data("label").split("\n"), size * spot.grown * 1.2];
    const tolerable = rank < LEADING ? Infinity : weight === BOLD ? 0.2 : 0;
    const text = { lines, size: size * spot.grown, weight, line, needed, tolerable };
    const place = wanted ? this.names.place({ ...spot, ...text }) : null;
    mark(node, "silent", !place);
    if (place) this.put(node, size, place);
  }

  nameEdge(edge) {
    const [from, to] = [this.spot(edge.source()), this.spot(edge.target())];
    const { x, y } = middleOf(edge, this.scale.sign);
    const middle = { x: x * this.zoom, y: y * this.zoom };
    const size = EDGE_FONT * from.grown;
    const text = { words: edge.data("label"), size, line: size * 1.15, needed: edge.hasClass("chosen") };
    const told = this.names.placeAlong({ from, to, middle, spare: from.radius + to.radius + 20, ...text });
    mark(edge, "silent", !told);
    if (told) this.put(edge, EDGE_FONT);
  }

  put(one, size, place) {
    const data = { font: size * this.scale.text, outline: OUTLINE * this.scale.text };
    if (place) {
      const justify = place.side === -1 ? "right" : place.side === 1 ? "left" : "center";
      Object.assign(data, { dx: place.dx / this.zoom, dy: place.dy / this.zoom, justify });
    }
    const news = Object.keys(data).some((key) => data[key] !== one.data(key));
    if (news) one.data(data);
  }
}

/* A class on an element; to set what is set already would have its style worked out anew. */
function mark(one, name, on) {
  if (one.hasClass(name) !== Boolean(on)) one.toggleClass(name, Boolean(on));
}

/* What is asked for, then what has the most relations. */
function byUrgency(elements) {
  const keyed = elements.map((one) => ({
    one,
    asked: 2 * one.hasClass("chosen") + one.hasClass("near"),
    weight: one.data("weight"),
    id: one.id(),
  }));
  keyed.sort((a, b) => b.asked - a.asked || b.weight - a.weight || (a.id < b.id ? -1 : 1));
  return keyed.map(({ one }) => one);
}
