"""How a claim was read: by which words somebody was found, by which rule, and what speaks against it."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from kg.cli.options import settings
from kg.cli.output import line
from kg.cli.stored import ontology
from kg.model import Article, Basis, Form, Mention, Modality, Polarity, Span
from kg.stored import Own, Stored

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Row = dict[str, Any]

_UNSURE = 0.6  # confidence below which a claim is said to be weak
_DOUBTS = {
    Modality.PLANNED: "the text only tells of a plan",
    Modality.HYPOTHETICAL: "the text only supposes it",
    Modality.DEMANDED: "the text only says that it was demanded",
}


def end_of(graph: "Graph", id: str, type: str) -> str | None:
    """Where an edge of a type leads to; of several the smallest id."""
    return min((other for _, other, data in graph.out_edges(id, data=True) if data["type"] == type), default=None)


# --- who ----------------------------------------------------------------------------------------------------------


def participants(stored: Stored, claim: str) -> list[Row]:
    """Everybody in a claim with the words that mean them: those nearest the trigger, or else the last ones before."""
    graph = stored.graph
    node, article = graph.nodes[claim], end_of(graph, claim, "IN_ARTICLE")
    (told,) = (extraction for extraction in stored.extractions if extraction.article.id == article)
    place = end_of(graph, end_of(graph, claim, "REPORTS") or claim, "HELD_AT")
    parties = [*(("actor", id) for id in node["actorIds"]), *(("target", id) for id in node["targetIds"])]
    found = []
    for role, id in [*parties, *([("place", place)] if place else [])]:
        mentions = [mention for mention in told.mentions if stored.identity.of(mention.entity) == id]
        sentence, trigger = Span(node["start"], node["end"]), node.get("triggerStart", node["start"])
        mention = _telling(mentions, sentence, trigger)
        row = {"id": id, "name": graph.nodes[id]["name"], "role": role}
        row["inSentence"] = mention is not None and sentence.covers(mention.span)
        found.append(row | _words(told.article, mention, mentions) | {"takenFor": _reasons(stored, id, mention)})
    return found


def marks(rows: Sequence[Row], node: Row) -> list[tuple[str, Span]]:
    """The trigger and the participants whose words stand in the sentence, as labels with spans of the article."""
    found = [(row["role"], Span(row["start"], row["end"])) for row in rows if row["inSentence"]]
    trigger = [("", Span(node["triggerStart"], node["triggerEnd"]))] if "triggerStart" in node else []
    return [*trigger, *dict.fromkeys(found)]


def marked(sentence: str, start: int, labelled: Sequence[tuple[str, Span]]) -> str:
    """A sentence that begins at an offset, with "[actor: …]" around a participant and ">>…<<" around the trigger."""
    inserts = []
    for label, span in labelled:
        inserts.append((span.end - start, 0, -span.start, "]" if label else "<<"))
        inserts.append((span.start - start, 1, -span.end, f"[{label}: " if label else ">>"))
    for at, _, _, text in sorted(inserts, reverse=True):
        sentence = sentence[:at] + text + sentence[at:]
    return sentence


def _words(article: Article, mention: Mention | None, mentions: Sequence[Mention]) -> Row:
    """The words of a mention, where they stand and how they mean somebody; all None without a mention."""
    if mention is None:
        return dict.fromkeys(("words", "start", "end", "form", "reading", "namedAs"))
    named = None if mention.form is Form.NAME else _named_before(mentions, mention)
    return {
        "words": line(mention.span.of(article.text)),
        "start": mention.span.start,
        "end": mention.span.end,
        "form": mention.form.value,
        "reading": mention.reading.value if mention.reading else None,
        "namedAs": line(named.span.of(article.text)) if named else None,
    }


def _reasons(stored: Stored, id: str, mention: Mention | None) -> list[str]:
    """Why the id that the record has for a mention was taken for another one."""
    own = mention.entity if mention else id
    return [link.reason for link in stored.identity.reasons(id) if own != id and own in link.pair]


def _telling(mentions: Sequence[Mention], sentence: Span, trigger: int) -> Mention | None:
    """The mention in the sentence that is nearest to the trigger; else the last before the sentence, or the first."""
    inside = [mention for mention in mentions if sentence.covers(mention.span)]
    if inside:
        return min(inside, key=lambda one: (abs(one.span.start - trigger), one.span))
    before = [mention for mention in mentions if mention.span.end <= sentence.start]
    return before[-1] if before else next(iter(mentions), None)


def _named_before(mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """The name that a pronoun or nominal takes up: the last one before it, else the first one."""
    names = [one for one in mentions if one.form is Form.NAME]
    return next((one for one in reversed(names) if one.span.start < mention.span.start), next(iter(names), None))


# --- by which rule ------------------------------------------------------------------------------------------------


def rule_of(graph: "Graph", claim: str) -> Row:
    """What the rule behind a claim looks for; nothing of a frame for a rule that is none."""
    from loaders.frame_files import read_frames

    event, known = end_of(graph, claim, "REPORTS"), ontology()
    id, _, trigger = graph.nodes[claim]["rule"].partition("/")
    frame = next((one for one in read_frames(Own.of(settings()).frames) if one.id == id and trigger), None)
    type_ = graph.nodes[event]["type"] if event else None
    return {
        "type": type_,
        "meaning": known.types[type_].meaning if type_ else None,
        "frame": frame.id if frame else None,
        "trigger": trigger or None,
        "actorsBy": list(frame.actors) if frame else [],
        "targetsBy": list(frame.targets) if frame else [],
        "example": next((example["text"] for example in frame.examples), None) if frame else None,
    }


# --- why it is one event with other claims ------------------------------------------------------------------------


def alike(stored: Stored, claim: str) -> list[Row]:
    """The other claims of the event, the likeliest first, each with score and features: see `kg/data/merging.toml`."""
    from kg.merge import Telling, reasons
    from kg.resolve import with_identity

    graph, event = stored.graph, end_of(stored.graph, claim, "REPORTS")
    others = {id for id, _, data in graph.in_edges(event, data=True) if data["type"] == "REPORTS"} - {claim}
    if not others:
        return []
    told = [with_identity(extraction, stored.identity.canonical) for extraction in stored.extractions]
    tellings = {event.id: Telling(one.article, event) for one in told for event in one.events}
    scored = {id: reasons(tellings[claim], tellings[id], told) for id in others}
    return [
        {
            "claim": id,
            "score": scored[id].score,
            "features": {found.name: added for found, added in scored[id].features},
        }
        for id in sorted(scored, key=lambda other: (-scored[other].score, other))
    ]


# --- what speaks against it ---------------------------------------------------------------------------------------


def against(graph: "Graph", claim: str, rows: Sequence[Row]) -> list[Row]:
    """What makes a claim less than a plain fact: in its own words, then in other claims about the same parties."""
    own = [{"reason": reason, "claim": None, "sentence": None} for reason in _own_doubts(graph, claim, rows)]
    return [*own, *_other_claims(graph, claim)]


def _own_doubts(graph: "Graph", claim: str, rows: Sequence[Row]) -> Iterator[str]:
    node, speaker = graph.nodes[claim], end_of(graph, claim, "ATTRIBUTED_TO")
    if node["polarity"] == Polarity.NEGATED:
        yield "the text says that it did not happen"
    if node["modality"] in _DOUBTS:
        yield _DOUBTS[Modality(node["modality"])]
    if speaker:
        yield f"it stands on the word of {graph.nodes[speaker]['name']}"
    if node.get("dateBasis") == Basis.PUBLISHED:
        yield "no words date it: its day is that of publication"
    if node["confidence"] < _UNSURE:
        yield f"the confidence is low: {node['confidence']:g}"
    for row in rows:
        if not row["inSentence"]:
            yield f"no words of the sentence mean {row['name']}"


def _other_claims(graph: "Graph", claim: str) -> Iterator[Row]:
    """Claims of the same type about the same parties that say the contrary or only suppose it, in order of id."""
    node, type_, pairs = graph.nodes[claim], _type(graph, claim), _pairs(graph.nodes[claim])
    declared = {other for ends in (graph.successors(claim), graph.predecessors(claim)) for other in ends}
    for id in sorted(graph):
        other = graph.nodes[id]
        if other["labels"][0] != "Claim" or id == claim or type_ is None or _type(graph, id) != type_:
            continue
        reason = _contrast(node, other) or (_dispute(node, other) if id in declared else None)
        if reason and (id in declared or pairs & _pairs(other)):
            yield {"reason": reason, "claim": id, "sentence": other["sentence"]}


def _contrast(node: Row, other: Row) -> str | None:
    if node["polarity"] != other["polarity"]:
        return other["polarity"] if other["modality"] not in _DOUBTS else None
    return other["modality"] if other["modality"] == Modality.HYPOTHETICAL != node["modality"] else None


def _dispute(node: Row, other: Row) -> str:
    """What claims of one event that contradict each other, though both affirm it, disagree about."""
    days = all(one.get("dateBasis") == Basis.TEXT for one in (node, other))
    apart = days and (node["dateEnd"] < other["date"] or other["dateEnd"] < node["date"])
    return "gives another day" if apart else "lays it to somebody else"


def _type(graph: "Graph", claim: str) -> str | None:
    event = end_of(graph, claim, "REPORTS")
    return graph.nodes[event]["type"] if event else None


def _pairs(node: Row) -> set[frozenset[str]]:
    """Who stands against whom, or together, in a claim."""
    actors, targets = node["actorIds"], node["targetIds"]
    return {frozenset(pair) for pair in (product(actors, targets) if targets else combinations(actors, 2))}
