"use strict";

/* Elements of the picture, from the facts. A store may hold more entities than can be told apart on a screen: then the
   most connected are drawn, and one that is chosen joins them. */

const MOST_DRAWN = 2000;
const PLAIN = { font: EDGE_FONT, outline: OUTLINE }; // until a name gets its place

/* The entities drawn at first: those with the most relations. */
function mostConnected(facts, most = MOST_DRAWN) {
  if (facts.entities.length <= most) return [...facts.entities];
  const weight = ({ id }) => facts.weights.get(id);
  return [...facts.entities].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1)).slice(0, most);
}

function nodeOf(facts, { id, name, kind }) {
  const weight = facts.weights.get(id);
  const size = Math.min(10 + 5.2 * Math.sqrt(weight), 34);
  const label = linesOf(name).join("\n");
  const data = {
    id,
    name,
    kind,
    weight,
    size,
    label,
    room: roomOf(name, size),
    dx: 0,
    dy: 0,
    justify: "center",
    ...PLAIN,
  };
  return { group: "nodes", data };
}

function edgeOf(facts, pairs, relation) {
  const unnamed = facts.all([relation.source, relation.target]).every((entity) => entity.kind === "Group");
  const states = { attributed: relation.attributedOnly, reciprocal: relation.reciprocal, "unnamed-parties": unnamed };
  const classes = Object.keys(states).filter((name) => states[name]);
  const { id, source, target, count = 1 } = relation;
  const beside = pairs.get(pairOf(relation));
  const fan = { rank: beside.indexOf(relation), ranks: beside.length, turned: source > target };
  const data = {
    id,
    source,
    target,
    label: edgeLabel(relation, count),
    weight: count,
    quad: facts.quadOf(relation),
    ...fan,
    ...PLAIN,
  };
  return { group: "edges", data, classes };
}

/* "met with ×3": how many events stand behind it, of those that pass the filters. */
function edgeLabel(relation, count) {
  const words = relation.type === "OTHER" && relation.title ? relation.title : relation.type;
  return inWords(words) + (count > 1 ? " ×" + count : "");
}

function pairOf({ source, target }) {
  return [source, target].sort().join("\n");
}

/* Nodes and edges of these entities and of the relations among them. */
function elementsOf(facts, entities) {
  const drawn = new Set(entities.map((entity) => entity.id));
  const pairs = gather(facts.relations, (relation) => [pairOf(relation)]);
  const relations = facts.relations.filter(({ source, target }) => drawn.has(source) && drawn.has(target));
  const edges = relations.map((relation) => edgeOf(facts, pairs, relation));
  return { entities, relations, elements: [...entities.map((entity) => nodeOf(facts, entity)), ...edges] };
}

/* What has to be added for an entity that is not drawn: itself, and its relations to those that are. */
function elementsJoining(facts, entity, isDrawn) {
  const pairs = gather(facts.relations, (relation) => [pairOf(relation)]);
  const own = facts.relationsByEntity.get(entity.id) || [];
  const joining = own.filter(({ source, target }) => isDrawn(source === entity.id ? target : source));
  return [nodeOf(facts, entity), ...joining.map((relation) => edgeOf(facts, pairs, relation))];
}

/* What is chosen as drawn, and what stands near it: of an entity its relations and whom they lead to, of an event who
   took part and the relations that it stands behind. Ids; null when nothing of it could be drawn.
   `seen` has the relations that pass the filters. */
function partsOf(facts, id, seen) {
  const [item, relation] = [facts.get(id), facts.relationById.get(id)];
  const withEnds = (relations) =>
    relations.flatMap(({ id, source, target }) => (seen.has(id) ? [id, source, target] : []));
  if (relation) return { chosen: new Set([id]), near: new Set(withEnds([relation])) };
  if (item?.kind)
    return { chosen: new Set([id]), near: new Set([id, ...withEnds(facts.relationsByEntity.get(id) || [])]) };
  if (!item?.quad) return null;
  const parties = [item.actors, item.targets, item.places].flatMap((ids) => ids || []);
  const behind = facts.relations.filter(({ eventIds }) => eventIds?.includes(id));
  const chosen = new Set([...parties, ...behind.map((one) => one.id)]);
  return { chosen, near: new Set([...chosen, ...withEnds(behind)]) };
}
