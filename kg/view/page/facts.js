"use strict";

/* The page's facts, linked: who took part in what, who reports it, and where it stands. Nothing here touches the page. */

const NO_OUTLET = "no source named";

class Facts {
  constructor(text) {
    Object.assign(this, JSON.parse(text));
    const items = [this.entities, this.events, this.claims, this.statements, this.articles, this.sources].flat();
    this.items = new Map(items.map((item) => [item.id, item]));
    this.relationById = new Map(this.relations.map((relation) => [relation.id, relation]));
    this.claimsByEvent = gather(this.claims, (claim) => claim.events);
    this.statementsBySpeaker = gather(this.statements, (statement) => statement.speakers);
    this.relationsByEntity = gather(this.relations, (relation) => new Set([relation.source, relation.target]));
    this.contradictions = this.gatherContradictions();
    this.events.sort(byDate);
    this.rolesByEntity = this.gatherRoles();
    this.weights = new Map(this.entities.map((entity) => [entity.id, this.weightOf(entity)]));
  }

  get(id) {
    return this.items.get(id);
  }

  all(ids) {
    return [...(ids || [])].map((id) => this.get(id)).filter(Boolean);
  }

  claimsOf(event) {
    return this.claimsByEvent.get(event.id) || [];
  }

  /* Events of an entity, each with the parts it has in it; whoever only reports an event has a part in it too. */
  rolesOf(entity) {
    return this.rolesByEntity.get(entity.id) || new Map();
  }

  /* Claims that say the contrary; the graph ties each two once. */
  against(claim) {
    return this.all(this.contradictions.get(claim.id));
  }

  /* Names of the outlets behind an event or a lasting relation. */
  outletsOf(item) {
    const articles = item.articleIds || this.claimsOf(item).flatMap((claim) => claim.articles || []);
    const outlets = this.all(articles).flatMap((article) => this.all(article.sources));
    return outlets.length ? [...new Set(outlets.map((outlet) => outlet.name))] : [NO_OUTLET];
  }

  eventsBehind(relation) {
    return this.all(relation.eventIds).sort(byDate);
  }

  /* 1 to 4 after PLOVER's quad classes; 0 for a lasting relation. */
  quadOf(relation) {
    const [event] = this.all(relation.eventIds);
    return event ? event.quad : 0;
  }

  /* How much an entity matters to the picture: its relations, of which one with an unnamed group counts for half. */
  weightOf(entity) {
    const relations = this.relationsByEntity.get(entity.id) || [];
    const groups = ({ source, target }) => this.all([source, target]).some((one) => one.kind === "Group");
    return relations.reduce((sum, relation) => sum + (groups(relation) ? 0.5 : 1), 0);
  }

  /* Whether somebody with a name took part; "people" and "militants" have none. */
  hasNamedParty(event) {
    return this.all([...(event.actors || []), ...(event.targets || [])]).some((entity) => entity.kind !== "Group");
  }

  gatherRoles() {
    const roles = new Map();
    const add = (entity, event, role) => {
      if (!roles.has(entity)) roles.set(entity, new Map());
      const own = roles.get(entity);
      own.set(event, new Set(own.get(event)).add(role));
    };
    for (const event of this.events) {
      for (const id of event.actors || []) add(id, event, "actor");
      for (const id of event.targets || []) add(id, event, "target");
      for (const id of event.places || []) add(id, event, "place");
      for (const claim of this.claimsOf(event))
        for (const id of claim.attributedTo || []) add(id, event, "on its word");
    }
    return roles;
  }

  gatherContradictions() {
    const against = new Map();
    const add = (one, other) => against.set(one, new Set(against.get(one)).add(other));
    for (const claim of this.claims) {
      for (const other of claim.contradicts || []) {
        add(claim.id, other);
        add(other, claim.id);
      }
    }
    return against;
  }
}

function gather(items, keysOf) {
  const gathered = new Map();
  for (const item of items) {
    for (const key of keysOf(item) || []) {
      if (!gathered.has(key)) gathered.set(key, []);
      gathered.get(key).push(item);
    }
  }
  return gathered;
}

/* The latest first; what has no date comes last. */
function byDate(a, b) {
  return (b.date || "").localeCompare(a.date || "");
}
