"use strict";

/* The picture: entities as nodes, relations between them as edges. */

const MARGIN = 14; // pixels between the outermost signs' rooms and the picture's edge
const LEADING = 12; // so many names may stand over signs, if there is no other room
const FEW = 24; // so many relations are drawn with their words from the start

class Picture {
  constructor(container, facts, choose) {
    this.facts = facts;
    this.container = container;
    this.scale = scaleAt(1);
    this.unconnected = false;
    this.cy = cytoscape({
      container,
      elements: [...nodesOf(facts), ...edgesOf(facts)],
      layout: { name: "preset" },
      minZoom: 0.1,
      maxZoom: 4,
      autounselectify: true,
      boxSelectionEnabled: false,
    });
    this.style();
    this.listen(choose);
  }

  listen(choose) {
    const hover = (event, on) => {
      this.container.classList.toggle("over", on);
      event.target.toggleClass("hover", on);
    };
    this.cy.on("zoom", () => this.later());
    this.cy.on("tap", (event) => choose(event.target === this.cy ? null : event.target.id()));
    this.cy.on("mouseover", "node, edge", (event) => hover(event, true));
    this.cy.on("mouseout", "node, edge", (event) => hover(event, false));
    this.cy.on("free", "node", () => this.name()); // a node was dragged
  }

  /* Colours come from the page's style, so that light and dark hold here too. */
  style() {
    const values = getComputedStyle(document.documentElement);
    this.cy.style(pictureStyle((name) => values.getPropertyValue("--" + name).trim(), this.scale));
  }

  /* Once a frame, however often the wheel turns. */
  later() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.rescale();
    });
  }

  rescale() {
    const scale = scaleAt(this.cy.zoom());
    if (scale.text !== this.scale.text) {
      this.scale = scale;
      this.style();
    }
    this.name();
  }

  /* Positions follow from the graph and the picture's proportions, in steps, so that a small change moves nothing. */
  place() {
    const { clientWidth, clientHeight } = this.container;
    const step = Math.round(8 * Math.log2(clientWidth / clientHeight || 1));
    if (step === this.placed?.step && this.unconnected === this.placed.unconnected) return false;
    this.placed = { step, unconnected: this.unconnected };
    const sizes = new Map(this.cy.nodes().map((node) => [node.id(), node.data("size")]));
    const positions = positionsOf(this.facts, sizes, 2 ** (step / 8), this.unconnected);
    this.cy.nodes().positions((node) => positions.get(node.id()));
    return true;
  }

  /* Place anew where the proportions have changed, and bring everything into sight. */
  fit() {
    this.cy.resize();
    if (this.place()) this.style(); // the bends follow the positions
    const { width, height, ...box } = this.extent();
    const zoom = Math.min((this.cy.width() - 2 * MARGIN) / width, (this.cy.height() - 2 * MARGIN) / height, 1.6);
    const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
    const pan = { x: this.cy.width() / 2 - middle.x * zoom, y: this.cy.height() / 2 - middle.y * zoom };
    this.fitted = { zoom, ...box };
    this.cy.viewport({ zoom, pan });
    this.rescale();
  }

  /* Only when the picture's own size has changed: a phone's browser resizes its window at every turn. */
  resized() {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth !== this.cy.width() || clientHeight !== this.cy.height()) this.fit();
  }

  /* The box around what is drawn, each with room for its name beneath. */
  extent() {
    const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    for (const node of this.cy.nodes().not(".hidden").toArray()) {
      const { x, y } = node.position();
      const { size, room } = node.data();
      box.x1 = Math.min(box.x1, x - room.w / 2);
      box.x2 = Math.max(box.x2, x + room.w / 2);
      box.y1 = Math.min(box.y1, y - size / 2 - GAP.y / 2);
      box.y2 = Math.max(box.y2, y - size / 2 + room.h);
    }
    if (box.x1 > box.x2) Object.assign(box, { x1: -100, y1: -100, x2: 100, y2: 100 });
    return { ...box, width: box.x2 - box.x1, height: box.y2 - box.y1 };
  }

  zoomBy(factor) {
    const { clientWidth, clientHeight } = this.container;
    const middle = { x: clientWidth / 2, y: clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  /* Draw what is to be seen, faint what is not asked for, and ring what is chosen. */
  show({ relations, unconnected, chosen, matching }) {
    this.unconnected = unconnected;
    this.cy.batch(() => {
      this.cy.elements().removeClass("hidden faint near chosen");
      this.cy
        .edges()
        .filter((edge) => !relations.has(edge.id()))
        .addClass("hidden");
      const lone = (node) => !node.connectedEdges().some((edge) => !edge.hasClass("hidden"));
      this.cy
        .nodes()
        .filter((node) => !unconnected && node.id() !== chosen && lone(node))
        .addClass("hidden");
      if (matching) this.search(matching);
      this.emphasise(this.cy.getElementById(chosen || ""));
    });
    this.name();
    return this.cy.nodes().not(".hidden").length;
  }

  search(matching) {
    const found = this.cy.nodes().filter((node) => matching.has(node.id()));
    this.cy.nodes().not(found).addClass("faint");
    found.addClass("near");
  }

  emphasise(chosen) {
    if (chosen.empty()) return;
    const near = chosen.isNode() ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
    this.cy.elements().not(near).addClass("faint").removeClass("near");
    near.removeClass("faint").addClass("near");
    chosen.addClass("chosen");
  }

  /* Give each name its place, or silence it: what is asked for comes first, then what has the most relations. */
  name() {
    if (!this.fitted) return;
    const zoom = this.cy.zoom();
    const { x1, y1, x2, y2 } = this.fitted;
    const space = MARGIN / this.fitted.zoom - 4 / zoom;
    const names = new Names({
      x1: (x1 - space) * zoom,
      y1: (y1 - space) * zoom,
      x2: (x2 + space) * zoom,
      y2: (y2 + space) * zoom,
    });
    const drawn = this.cy.elements().not(".hidden");
    this.cy.batch(() => {
      drawn.nodes().forEach((node) => names.addSign(this.spot(node)));
      drawn.nodes().sort(byUrgency).forEach((node, rank) => this.nameNode(node, names, rank));
      const words = drawn.edges().length <= FEW || zoom > 1.7 * this.fitted.zoom;
      drawn.edges().sort(byUrgency).forEach((edge) => this.nameEdge(edge, names, words));
    });
  }

  /* A sign on the screen, but for where the picture has been moved to. */
  spot(node) {
    const [zoom, { x, y }] = [this.cy.zoom(), node.position()];
    return { id: node.id(), x: x * zoom, y: y * zoom, radius: (node.data("size") / 2) * this.scale.sign * zoom };
  }

  nameNode(node, names, rank) {
    const zoom = this.cy.zoom();
    const [{ size, weight }, grown] = [fontOf(node), this.scale.text * zoom];
    const text = { lines: node.data("label").split("\n"), font: `${weight} ${size * grown}px ${FONT}` };
    const asked = { needed: node.hasClass("near"), tolerable: rank < LEADING ? Infinity : weight === BOLD ? 0.2 : 0 };
    const spot = this.spot(node);
    const place = node.hasClass("faint") ? null : names.place({ ...spot, ...text, ...asked, line: size * grown * 1.2 });
    node.toggleClass("silent", !place);
    const { dx, dy, side } = place || { dx: 0, dy: spot.radius + 8 * grown, side: 0 };
    const justify = side === -1 ? "right" : side === 1 ? "left" : "center";
    node.data({ dx: dx / zoom, dy: dy / zoom, justify });
  }

  nameEdge(edge, names, words) {
    const zoom = this.cy.zoom();
    const near = edge.hasClass("near");
    const asked = near || (words && !edge.hasClass("faint"));
    const [from, to] = [this.spot(edge.source()), this.spot(edge.target())];
    const spare = from.radius + to.radius + 20;
    const { x, y } = middleOf(edge, this.scale.sign);
    const size = EDGE_FONT * this.scale.text * zoom;
    const text = { words: edge.data("label"), font: `${size}px ${FONT}`, line: size * 1.15 };
    const line = { from, to, middle: { x: x * zoom, y: y * zoom }, spare, ...text, needed: edge.hasClass("chosen") };
    edge.toggleClass("silent", !asked || !names.placeAlong(line));
  }

  /* Bring a node or an edge into sight, if it is not; `covered` pixels at the foot are under the panel. */
  reveal(id, covered) {
    const found = this.cy.getElementById(id);
    if (found.empty()) return;
    const box = found.renderedBoundingBox();
    const [width, height] = [this.cy.width(), this.cy.height() - covered];
    if (box.x1 >= 0 && box.x2 <= width && box.y1 >= 0 && box.y2 <= height) return;
    this.cy.panBy({ x: width / 2 - (box.x1 + box.x2) / 2, y: height / 2 - (box.y1 + box.y2) / 2 });
  }
}

/* Far away, names keep their size on the screen and signs nearly so; near, both grow, but slower than the picture. */
function scaleAt(zoom) {
  const stepped = 2 ** (Math.round(8 * Math.log2(zoom)) / 8);
  const near = stepped ** -0.75;
  return stepped < 1 ? { text: 1 / stepped, sign: stepped ** -0.55 } : { text: near, sign: near };
}

function byUrgency(a, b) {
  const asked = (one) => 2 * one.hasClass("chosen") + one.hasClass("near");
  return asked(b) - asked(a) || b.data("weight") - a.data("weight") || (a.id() < b.id() ? -1 : 1);
}

function nodesOf(facts) {
  return facts.entities.map((entity) => {
    const { id, name, kind } = entity;
    const weight = facts.weightOf(entity);
    const size = Math.min(10 + 5.2 * Math.sqrt(weight), 34);
    const label = linesOf(name).join("\n");
    const data = { id, name, kind, weight, size, label, room: roomOf(name, size), dx: 0, dy: 0, justify: "center" };
    return { group: "nodes", data };
  });
}

function edgesOf(facts) {
  const pairOf = ({ source, target }) => [source, target].sort().join("\n");
  const pairs = gather(facts.relations, (relation) => [pairOf(relation)]);
  return facts.relations.map((relation) => {
    const many = relation.count > 1 ? " ×" + relation.count : "";
    const label = inWords(relation.type === "OTHER" && relation.title ? relation.title : relation.type) + many;
    const unnamed = facts.all([relation.source, relation.target]).every((entity) => entity.kind === "Group");
    const states = { attributed: relation.attributedOnly, reciprocal: relation.reciprocal, "unnamed-parties": unnamed };
    const classes = Object.keys(states).filter((name) => states[name]);
    const { id, source, target } = relation;
    const beside = pairs.get(pairOf(relation));
    const fan = { rank: beside.indexOf(relation), ranks: beside.length, turned: source > target };
    const data = { id, source, target, label, weight: relation.count || 1, quad: facts.quadOf(relation), ...fan };
    return { group: "edges", data, classes };
  });
}
