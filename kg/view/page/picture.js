"use strict";

/* The picture: entities as nodes, relations between them as edges. */

class Picture {
  constructor(container, facts, choose) {
    this.facts = facts;
    this.container = container;
    this.scale = 1;
    this.cy = cytoscape({
      container,
      elements: [...nodesOf(facts), ...edgesOf(facts)],
      layout: { name: "preset" },
      minZoom: 0.1,
      maxZoom: 3,
      autounselectify: true,
      boxSelectionEnabled: false,
    });
    this.style();
    this.place();
    this.listen(choose);
  }

  listen(choose) {
    this.cy.on("zoom", () => this.rescale());
    this.cy.on("tap", (event) => choose(event.target === this.cy ? null : event.target.id()));
    this.cy.on("mouseover", "node, edge", () => this.container.classList.add("over"));
    this.cy.on("mouseout", "node, edge", () => this.container.classList.remove("over"));
  }

  /* Colours come from the page's style, so that light and dark hold here too. */
  style() {
    const values = getComputedStyle(document.documentElement);
    this.cy.style(pictureStyle((name) => values.getPropertyValue("--" + name).trim(), this.scale));
  }

  /* From far away signs and names are drawn larger, in steps, so that they can still be read. */
  rescale() {
    const steps = Math.round(2 * Math.log2(0.85 / this.cy.zoom()));
    const scale = 2 ** (Math.min(Math.max(steps, 0), 4) / 2);
    if (scale === this.scale) return;
    this.scale = scale;
    this.style();
  }

  /* Positions follow from the graph alone; they are only turned to lie along the longer side of the page. */
  place() {
    const positions = positionsOf(this.facts);
    const { width, height } = extentOf([...positions.values()]);
    const { clientWidth, clientHeight } = this.container;
    const turned = width > height !== clientWidth > clientHeight;
    this.cy.nodes().positions((node) => {
      const { x, y } = positions.get(node.id());
      return turned ? { x: y, y: x } : { x, y };
    });
  }

  fit() {
    this.cy.resize();
    this.cy.fit(this.cy.elements(":visible"), 46);
    if (this.cy.zoom() > 1.25) {
      this.cy.zoom(1.25);
      this.cy.center(this.cy.elements(":visible"));
    }
  }

  zoomBy(factor) {
    const { clientWidth, clientHeight } = this.container;
    const middle = { x: clientWidth / 2, y: clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  /* Draw what is to be seen, faint what is not asked for, and ring what is chosen. */
  show({ relations, unconnected, chosen, matching }) {
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
      if (matching)
        this.cy
          .nodes()
          .filter((node) => !matching.has(node.id()))
          .addClass("faint");
      this.emphasise(this.cy.getElementById(chosen || ""));
    });
    return this.cy.nodes().not(".hidden").length;
  }

  emphasise(chosen) {
    if (chosen.empty()) return;
    const near = chosen.isNode() ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
    this.cy.elements().not(near).addClass("faint");
    near.removeClass("faint").addClass("near");
    chosen.addClass("chosen");
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

function nodesOf(facts) {
  return facts.entities.map(({ id, name, kind }) => {
    const size = 24 + 7 * Math.sqrt((facts.relationsByEntity.get(id) || []).length);
    return { group: "nodes", data: { id, name, kind, size: Math.min(size, 70) } };
  });
}

function edgesOf(facts) {
  return facts.relations.map((relation) => {
    const many = relation.count > 1 ? " ×" + relation.count : "";
    const label = inWords(relation.type === "OTHER" && relation.title ? relation.title : relation.type) + many;
    const classes = [relation.attributedOnly && "attributed", relation.reciprocal && "reciprocal"].filter(Boolean);
    const { id, source, target } = relation;
    return { group: "edges", data: { id, source, target, label, quad: facts.quadOf(relation) }, classes };
  });
}

function pictureStyle(colour, scale) {
  const kinds = Object.entries(KINDS).map(([kind, { shape }]) => ({
    selector: `node[kind = "${kind}"]`,
    style: { shape, "background-color": colour("kind-" + kind.toLowerCase()) },
  }));
  const quads = Object.entries(QUADS).map(([quad, { arrow, width }]) => {
    const stroke = colour("quad-" + quad);
    const line = { "line-color": stroke, "target-arrow-color": stroke, "source-arrow-color": stroke };
    return {
      selector: `edge[quad = ${quad}]`,
      style: { ...line, width: width * Math.sqrt(scale), "target-arrow-shape": arrow },
    };
  });
  return [...plainStyle(colour, scale), ...kinds, ...quads, ...stateStyle(colour, scale)];
}

function plainStyle(colour, scale) {
  const text = {
    "font-family": "system-ui, sans-serif",
    color: colour("ink"),
    "text-outline-color": colour("ground"),
    "text-outline-width": 2.5,
    "text-outline-opacity": 0.9,
  };
  const size = (node) => node.data("size") * Math.sqrt(scale);
  const font = (node) => (9 + node.data("size") / 10) * scale; // so that the names of hubs stay longest
  const node = { ...text, label: "data(name)", width: size, height: size, "font-size": font };
  const edge = {
    ...text,
    label: "data(label)",
    color: colour("soft"),
    "font-size": 10.5 * Math.min(scale, 1.5),
    "arrow-scale": 1.1,
  };
  return [
    {
      selector: "node",
      style: {
        ...node,
        "border-width": 1.5,
        "border-color": colour("ground"),
        "font-weight": 600,
        "text-valign": "bottom",
        "text-margin-y": 5,
        "text-wrap": "wrap",
        "text-max-width": 130 * scale,
        "min-zoomed-font-size": 8,
      },
    },
    {
      selector: "edge",
      style: { ...edge, "curve-style": "bezier", "text-rotation": "autorotate", "min-zoomed-font-size": 7 },
    },
  ];
}

function stateStyle(colour, scale) {
  const glow = { "underlay-color": colour("accent"), "underlay-opacity": 0.3, "underlay-padding": 5 };
  return [
    { selector: "edge[quad = 0]", style: { "line-style": "dotted" } },
    { selector: "edge.attributed", style: { "line-style": "dashed", "line-dash-pattern": [7, 4] } },
    { selector: "edge.reciprocal", style: { "source-arrow-shape": "triangle" } },
    { selector: ".faint", style: { opacity: 0.18 } },
    { selector: ".near", style: { "min-zoomed-font-size": 0 } },
    { selector: "edge.near", style: { "font-size": 11 * scale } },
    { selector: "node.chosen", style: { "border-width": 4 * scale, "border-color": colour("accent") } },
    { selector: "edge.chosen", style: { ...glow, color: colour("ink") } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}

/* Where each entity stands: the connected ones by forces from a fixed start, the others in rows beneath. */
function positionsOf(facts) {
  const joined = (entity) => facts.relationsByEntity.has(entity.id);
  const points = facts.entities.filter(joined).map(({ id }) => ({ id }));
  const pair = ({ source, target }) => [[source, target].sort().join("\n"), { source, target }];
  const pairs = new Map(facts.relations.map(pair)); // several relations of two entities pull once
  d3.forceSimulation(points)
    .force(
      "link",
      d3
        .forceLink([...pairs.values()])
        .id((point) => point.id)
        .distance(200)
        .strength(0.35),
    )
    .force(
      "charge",
      d3
        .forceManyBody()
        .strength(-Math.max(900, 10000 / Math.sqrt(points.length)))
        .distanceMax(1500),
    )
    .force("apart", d3.forceCollide(70))
    .force("x", d3.forceX().strength(0.06))
    .force("y", d3.forceY().strength(0.09))
    .stop()
    .tick(300);
  const lone = facts.entities.filter((entity) => !joined(entity)).map(({ id }) => ({ id }));
  rowsBeneath(points, lone);
  return new Map([...points, ...lone].map((point) => [point.id, point]));
}

function extentOf(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const reach = (values) => values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 0);
  return { width: reach(xs), height: reach(ys) };
}

function rowsBeneath(points, lone) {
  const bottom = points.reduce((lowest, { y }) => Math.max(lowest, y), -140);
  const columns = Math.max(5, Math.ceil(Math.sqrt(lone.length * 2)));
  lone.forEach((point, index) => {
    point.x = ((index % columns) - (columns - 1) / 2) * 150;
    point.y = bottom + 150 + Math.floor(index / columns) * 100;
  });
}
