"use strict";

/* What the reader has chosen, searched and filtered, and how the page's address says it: whoever opens the address sees
   the same. A filter is written as what it shows or as what it hides, whichever is shorter. */

const DAY = /^\d{4}(-\d{2}){0,2}$/;

class State {
  constructor(options) {
    this.options = options;
    this.clear();
  }

  /* Everything is shown, nothing is chosen. */
  clear() {
    Object.assign(this, { chosen: null, search: "", unconnected: false });
    this.clearFilters();
  }

  clearFilters() {
    this.hidden = Object.fromEntries(Object.keys(this.options).map((name) => [name, new Set()]));
    Object.assign(this, { from: null, to: null, undated: false });
  }

  /* How many filters are in force. */
  get filters() {
    return Object.values(this.hidden).filter((hidden) => hidden.size).length + Number(Boolean(this.from || this.to));
  }

  /* What stands behind # in the address; nothing where all is as at first. */
  toHash() {
    const words = new URLSearchParams();
    if (this.chosen) words.set("show", this.chosen);
    if (this.search) words.set("search", this.search);
    if (this.from) words.set("from", this.from);
    if (this.to) words.set("to", this.to);
    for (const name of ["undated", "unconnected"]) if (this[name]) words.set(name, "yes");
    for (const [name, hidden] of Object.entries(this.hidden)) this.writeFilter(words, name, hidden);
    return words.toString();
  }

  writeFilter(words, name, hidden) {
    if (!hidden.size) return;
    const shown = this.options[name].filter((value) => !hidden.has(value));
    const [key, values] = shown.length < hidden.size ? [name, shown] : ["no-" + name, [...hidden].sort()];
    if (!values.length) words.set(key, "");
    for (const value of values) words.append(key, value);
  }

  /* What is not understood is left alone: an address may be old, or typed by hand. */
  readHash(hash) {
    const words = new URLSearchParams(hash.replace(/^#/, ""));
    const day = (name) => (DAY.test(words.get(name) || "") ? words.get(name) : null);
    this.clear();
    Object.assign(this, {
      chosen: words.get("show"),
      search: words.get("search") || "",
      from: day("from"),
      to: day("to"),
      undated: words.has("undated"),
      unconnected: words.has("unconnected"),
    });
    for (const name of Object.keys(this.options)) this.readFilter(words, name);
  }

  readFilter(words, name) {
    const known = this.options[name];
    const shown = words.getAll(name);
    const named = new Set(words.getAll("no-" + name));
    const hides = words.has(name) ? (value) => !shown.includes(value) : (value) => named.has(value);
    this.hidden[name] = new Set(known.filter(hides));
  }
}
