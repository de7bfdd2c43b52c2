"use strict";

/* Which events and lasting relations pass the filters, and how many each choice would show. Nothing here touches the
   page. */

const LASTING = "lasting relation"; // beside the event types

/* The filters with boxes: what a thing counts for in each. */
const FACETS = {
  type: (thing) => [thing.eventType],
  relation: (thing) => [thing.relation],
  told: (thing) => [thing.told],
  source: (thing) => thing.outlets,
};

class Filters {
  constructor(facts) {
    this.facts = facts;
    this.things = [...facts.events.map((event) => this.ofEvent(event)), ...this.lasting()];
    this.options = Object.fromEntries(Object.entries(FACETS).map(([name, of]) => [name, this.optionsOf(of)]));
  }

  ofEvent(event) {
    return {
      id: event.id,
      eventType: event.type,
      quad: event.quad,
      relation: event.relation || "OTHER",
      told: toldOf(event),
      outlets: this.facts.outletsOf(event),
      from: event.date || null,
      to: event.dateEnd || event.date || null,
    };
  }

  lasting() {
    const relations = this.facts.relations.filter((relation) => !relation.eventIds);
    return relations.map((relation) => ({
      id: relation.id,
      eventType: LASTING,
      quad: 0,
      relation: relation.type,
      told: "asserted",
      outlets: this.facts.outletsOf(relation),
      from: relation.validFromIso || null,
      to: relation.validToIso || (relation.validFromIso ? "9999" : null), // of what has no known end
    }));
  }

  /* Each choice with how many there are of it, the most frequent first. */
  optionsOf(of) {
    const counts = new Map();
    for (const value of this.things.flatMap(of)) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  }

  quadOf(type) {
    return this.things.find((thing) => thing.eventType === type).quad;
  }

  /* `passing`: ids of what is to be seen. `counts`: of each filter's choices, how many pass all the other filters; and
     `dated` are those things that pass all but the time. */
  apply(state) {
    const tests = Object.entries(FACETS).map(([name, of]) => [
      name,
      (thing) => showsAny(state.hidden[name], of(thing)),
    ]);
    tests.push(["time", (thing) => inTime(thing, state)]);
    const counts = Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Map()]));
    const [passing, dated] = [new Set(), []];
    for (const thing of this.things) {
      const failed = tests.filter(([, passes]) => !passes(thing)).map(([name]) => name);
      if (!failed.length) passing.add(thing.id);
      if (!failed.length || (failed.length === 1 && failed[0] === "time")) dated.push(thing);
      for (const [name, of] of Object.entries(FACETS)) {
        if (failed.some((other) => other !== name)) continue;
        for (const value of of(thing)) counts[name].set(value, (counts[name].get(value) || 0) + 1);
      }
    }
    return { passing, counts, dated };
  }

  /* Of each relation to be drawn, how many events stand behind it that pass; a lasting one counts as one. */
  relationsOf(passing) {
    const behind = (relation) =>
      relation.eventIds ? relation.eventIds.filter((id) => passing.has(id)).length : Number(passing.has(relation.id));
    const counts = this.facts.relations.map((relation) => [relation.id, behind(relation)]);
    return new Map(counts.filter(([, count]) => count));
  }
}

function showsAny(hidden, values) {
  return !hidden.size || values.some((value) => !hidden.has(value));
}

/* Days, months and years are compared as far as both are told: what begins in "2018" may be of 2018-06. */
function inTime(thing, { from, to, undated }) {
  if (!from && !to) return true;
  if (!thing.from) return undated;
  return !(from && before(thing.to, from)) && !(to && before(to, thing.from));
}

function before(a, b) {
  return a.slice(0, b.length) < b.slice(0, a.length);
}
