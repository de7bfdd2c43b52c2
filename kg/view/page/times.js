"use strict";

/* The time slider: a histogram of the events with a handle at each end. The handles are range inputs, so that keyboard
   and screen reader work as everywhere; pointing at the bars takes a stretch of them. */

const MOST_BINS = { day: 70, month: 160 }; // more of them would be too thin to point at
const DIGITS = { day: 10, month: 7, year: 4 }; // of an ISO date

class Times {
  constructor(facts, change) {
    this.change = change;
    this.bins = binsOf(facts.events.map((event) => event.date).filter(Boolean));
    this.digits = this.bins[0]?.length || 0;
    [this.since, this.until] = [byId("since"), byId("until")];
    byId("times").hidden = this.bins.length < 2;
    for (const handle of [this.since, this.until]) {
      handle.max = this.bins.length;
      handle.addEventListener("input", () => this.moved(handle, false));
      handle.addEventListener("change", () => this.moved(handle, true));
    }
    byId("anytime").addEventListener("click", () => this.change({ from: null, to: null }, true));
    this.fillScale();
    this.brush();
  }

  fillScale() {
    const steps = Math.min(5, this.bins.length);
    const at = (step) => this.bins[Math.floor((step / steps) * this.bins.length)];
    byId("scale").append(...Array.from({ length: steps }, (_, step) => element("span", {}, at(step))));
  }

  /* A handle keeps at least one bar from the other. */
  moved(handle, settled) {
    if (handle === this.since) handle.value = Math.min(handle.value, this.until.value - 1);
    else handle.value = Math.max(handle.value, Number(this.since.value) + 1);
    this.take(Number(this.since.value), Number(this.until.value), settled);
  }

  take(since, until, settled) {
    const from = since > 0 ? this.bins[since] : null;
    const to = until < this.bins.length ? this.bins[until - 1] : null;
    this.change({ from, to }, settled);
  }

  /* Press on a bar and pull to another. */
  brush() {
    const bars = byId("bars");
    const at = (event) => {
      const { left, width } = bars.getBoundingClientRect();
      const bin = Math.floor(((event.clientX - left) / width) * this.bins.length);
      return Math.min(Math.max(bin, 0), this.bins.length - 1);
    };
    const pull = (event, settled) => {
      if (this.pressed === undefined) return;
      const [low, high] = [this.pressed, at(event)].sort((a, b) => a - b);
      this.take(low, high + 1, settled);
      if (settled) this.pressed = undefined;
    };
    bars.addEventListener("pointerdown", (event) => {
      this.pressed = at(event);
      bars.setPointerCapture(event.pointerId);
    });
    bars.addEventListener("pointermove", (event) => pull(event, false));
    bars.addEventListener("pointerup", (event) => pull(event, true));
    bars.addEventListener("pointercancel", () => (this.pressed = undefined));
  }

  /* `dated` passes all filters but this one. */
  show(dated, { from, to, undated }) {
    if (this.bins.length < 2) return;
    const bin = (day) => this.bins.findIndex((bin) => !before(bin, day));
    const after = this.bins.findIndex((bin) => to && before(to, bin));
    const ends = [from ? Math.max(bin(from), 0) : 0, after < 0 ? this.bins.length : Math.max(after, 1)];
    [this.since.value, this.until.value] = ends;
    this.since.setAttribute("aria-valuetext", this.bins[Math.min(ends[0], this.bins.length - 1)]);
    this.until.setAttribute("aria-valuetext", this.bins[ends[1] - 1]);
    byId("span").textContent = from || to ? (from || "the beginning") + " to " + (to || "the end") : "all days";
    byId("anytime").hidden = !from && !to;
    this.showUndated(dated, undated, Boolean(from || to));
    this.draw(dated, ends);
  }

  showUndated(dated, undated, limited) {
    const count = dated.filter((thing) => !thing.from).length;
    byId("undated").checked = undated || !limited;
    byId("undated").disabled = !limited;
    byId("undated").nextElementSibling.textContent = "and " + count + " without a date";
    byId("undated").parentElement.hidden = !count;
  }

  draw(dated, [since, until]) {
    const counts = new Map(this.bins.map((bin) => [bin, 0]));
    for (const { from, quad } of dated)
      if (from && quad) counts.set(from.slice(0, this.digits), 1 + counts.get(from.slice(0, this.digits)));
    const most = Math.max(1, ...counts.values());
    const bar = (bin, index) => {
      const height = counts.get(bin) && Math.max(6, (100 * counts.get(bin)) / most);
      const chosen = index >= since && index < until;
      const place = { x: index + 0.08, y: 100 - height, width: 0.84, height, class: chosen ? "in" : "out" };
      return svg("rect", place, svg("title", {}, bin + ": " + counted(counts.get(bin), "event")));
    };
    byId("bars").setAttribute("viewBox", "0 0 " + this.bins.length + " 100");
    byId("bars").setAttribute(
      "aria-label",
      "Events in time; the most, " + most + ", in " + this.bins.find((bin) => counts.get(bin) === most),
    );
    byId("bars").replaceChildren(...this.bins.map(bar));
  }
}

/* Days, months or years from the first to the last, none left out. */
function binsOf(days) {
  if (!days.length) return [];
  const [first, last] = days.reduce(
    ([low, high], day) => [day < low ? day : low, day > high ? day : high],
    [days[0], days[0]],
  );
  const unit = ["day", "month"].find((unit) => between(first, last, unit) < MOST_BINS[unit]) || "year";
  return Array.from({ length: between(first, last, unit) + 1 }, (_, step) => binAfter(first, step, unit));
}

function between(first, last, unit) {
  if (unit === "day") return Math.round((Date.parse(last) - Date.parse(first)) / 864e5);
  const months = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
  return unit === "month" ? months(last) - months(first) : Number(last.slice(0, 4)) - Number(first.slice(0, 4));
}

function binAfter(first, step, unit) {
  const day = new Date(first + "T00:00:00Z");
  if (unit === "day") day.setUTCDate(day.getUTCDate() + step);
  else
    day.setUTCFullYear(
      day.getUTCFullYear() + (unit === "year" ? step : 0),
      day.getUTCMonth() + (unit === "month" ? step : 0),
      1,
    );
  return day.toISOString().slice(0, DIGITS[unit]);
}
