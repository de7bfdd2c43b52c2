"use strict";

/* Which names are drawn, and on which side of their signs: the most important first, none over another.
   Everything here is in pixels of the screen, and does not depend on which part of the picture is in sight. */

// Where a name may stand by its sign: how far across and how far down, the best first.
const SIDES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.5, 1],
  [-0.5, 1],
  [0.5, -1],
  [-0.5, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
];
const CELL = 80;

/* Boxes that are taken, found again by the cells of a grid that they touch. */
class Taken {
  constructor() {
    this.cells = new Map();
    this.round = 0;
  }

  add(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    });
  }

  /* How many square pixels of the box are taken, but for what is its own. */
  overlap(box, own) {
    const round = ++this.round; // a box that touches several cells counts once
    let area = 0;
    this.each(box, (key) => {
      for (const other of this.cells.get(key) || []) {
        if (other.round === round || (own !== undefined && other.id === own)) continue;
        other.round = round;
        area += shared(box, other);
      }
    });
    return area;
  }

  each({ x1, y1, x2, y2 }, act) {
    for (let x = Math.floor(x1 / CELL); x <= x2 / CELL; x++)
      for (let y = Math.floor(y1 / CELL); y <= y2 / CELL; y++) act(x * 100000 + y);
  }
}

function shared(a, b) {
  const [x, y] = [Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1), Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1)];
  return x > 0 && y > 0 ? x * y : 0;
}

function boxAround(x, y, width, height, id) {
  return { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2, id };
}

/* How wide words are, in pixels; measured once for each weight, as that takes long. */
class Pen {
  constructor() {
    this.context = document.createElement("canvas").getContext("2d");
    this.known = new Map();
  }

  width(lines, size, weight = 400) {
    return Math.max(...lines.map((line) => (this.measured(line, weight) * size) / 100)) + 4;
  }

  measured(line, weight) {
    const key = weight + line;
    if (!this.known.has(key)) {
      this.context.font = weight + " 100px " + FONT;
      this.known.set(key, this.context.measureText(line).width);
    }
    return this.known.get(key);
  }
}

class Names {
  constructor(frame, pen) {
    this.frame = frame; // no name leaves it
    this.pen = pen;
    this.names = new Taken();
    this.signs = new Taken();
  }

  addSign({ id, x, y, radius }) {
    this.signs.add(boxAround(x, y, 2 * radius + 9, 2 * radius + 2, id)); // beside it a name would seem its own
  }

  /* Where the middle of a name goes, from its sign's; null when there is no room and it need not be drawn.
     A `tolerable` part of it may stand over signs, and one that is `needed` may stand over anything. */
  place({ id, x, y, radius, lines, size, weight, line, needed, tolerable }) {
    const [width, height] = [this.pen.width(lines, size, weight), lines.length * line];
    let best = null;
    for (const [side, foot] of SIDES) {
      const box = boxAround(x + across(side, foot, width, radius), y + down(side, foot, height, radius), width, height);
      const worse = this.names.overlap(box) + this.outside(box);
      const bad = this.signs.overlap(box, id);
      if (!best || 9 * worse + bad < best.lost) best = { side, worse, bad, lost: 9 * worse + bad, box };
      if (best.lost === 0) break;
    }
    const passes = best.lost === 0 || (best.worse === 0 && best.bad < tolerable * width * height);
    if (!passes && !needed) return null;
    this.names.add(best.box);
    return { dx: (best.box.x1 + best.box.x2) / 2 - x, dy: (best.box.y1 + best.box.y2) / 2 - y, side: best.side };
  }

  outside(box) {
    const all = (box.x2 - box.x1) * (box.y2 - box.y1);
    return this.frame ? all - shared(box, this.frame) : 0;
  }

  lost(box) {
    return this.names.overlap(box) + this.signs.overlap(box) + this.outside(box);
  }

  /* Whether a line has room for its words, which lie along it. */
  placeAlong({ from, to, middle, spare, words, size, line, needed }) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    const width = this.pen.width([words], size);
    const pieces = Math.ceil(width / line);
    const boxes = Array.from({ length: pieces }, (_, index) => {
      const along = (((index + 0.5) / pieces - 0.5) * width) / (length || 1);
      return boxAround(middle.x + dx * along, middle.y + dy * along, line, line);
    });
    const free = length - spare > width && !boxes.some((box) => this.lost(box) > 0);
    if (!free && !needed) return false;
    boxes.forEach((box) => this.names.add(box));
    return true;
  }
}

/* At a corner a name moves in towards the sign's middle, since signs are round or nearly so. */
function across(side, foot, width, radius) {
  if (Math.abs(side) < 1) return (side * width) / 2;
  return side * (width / 2 + (foot ? 0.6 * radius : radius + 3));
}

function down(side, foot, height, radius) {
  return foot * (height / 2 + (Math.abs(side) === 1 ? 0.6 * radius : radius + 2));
}
