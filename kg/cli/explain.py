"""`kg explain`: why the graph holds an event."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import StoreOption, StyleOption
from kg.cli.output import Style, line, print_blocks, print_json
from kg.cli.show import day
from kg.cli.stored import read_store, store_path
from kg.errors import NotFoundError
from kg.stored import Stored

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

EXAMPLE = "kg explain event/1d0c"
_LIKEST = 3  # claims of which it is told why they are of one event; JSON has all
_LISTED = 5  # ids that an ambiguous beginning is answered with

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event or claim, or how it begins.")]


def command(event: EventArgument, format: StyleOption = Style.TEXT, store: StoreOption = None) -> None:
    """Show why the graph holds an event.

    Each sentence that reports it, with its >>trigger<< and [actor: who takes part], by which words each of them was
    found, how real the text says it is, its date, on whose word it stands, the article, the rule that found it, why it
    is one event with other claims, and what speaks against it.
    """
    stored = read_store(store_path(store))
    found = [evidence(stored, claim) for claim in claims_of(stored.graph, find(stored.graph, event))]
    if format is Style.JSON:
        print_json(found)
    else:
        print_blocks(map(_lines, found))


def find(graph: "Graph", beginning: str) -> str:
    """Id of the only event or claim that is called so or begins so; `NotFoundError` for none and for several."""
    ids = [id for id, node in graph.nodes(data=True) if node["labels"][0] in ("Event", "Claim")]
    if beginning in ids:
        return beginning
    found = sorted(id for id in ids if beginning and id.startswith((beginning, f"event/{beginning}")))
    if len(found) == 1:
        return found[0]
    if not found:
        hint = "`kg show NAME` prints the ids of events"
        raise NotFoundError(f"there is no event or claim {beginning!r}", hint=hint)
    listed = ", ".join(found[:_LISTED]) + (" …" if len(found) > _LISTED else "")
    raise NotFoundError(f"{len(found)} events and claims begin with {beginning!r}", hint=f"which of {listed}?")


def claims_of(graph: "Graph", id: str) -> list[str]:
    """The claims that report an event; of a claim, itself."""
    if graph.nodes[id]["labels"][0] == "Claim":
        return [id]
    return sorted(claim for claim, _, data in graph.in_edges(id, data=True) if data["type"] == "REPORTS")


def evidence(stored: Stored, claim: str) -> dict[str, Any]:
    """What a claim says and where, how it was read, and what speaks against it; people and places as `{id, name}`."""
    from kg.cli.evidence import against, alike, end_of, marked, marks, participants, rule_of

    graph = stored.graph
    node, event, article = graph.nodes[claim], end_of(graph, claim, "REPORTS"), end_of(graph, claim, "IN_ARTICLE")
    source = end_of(graph, article, "PUBLISHED_BY") if article else None
    found = participants(stored, claim)
    return {
        "event": _named(graph, event),
        "claim": claim,
        "sentence": node["sentence"],
        "marked": marked(node["sentence"], node["start"], marks(found, node)),
        "start": node["start"],
        "end": node["end"],
        "trigger": node.get("trigger"),
        "triggerStart": node.get("triggerStart"),
        "triggerEnd": node.get("triggerEnd"),
        "actors": [_named(graph, id) for id in node.get("actorIds", [])],
        "targets": [_named(graph, id) for id in node.get("targetIds", [])],
        "place": _named(graph, end_of(graph, event, "HELD_AT")) if event else None,
        "participants": found,
        "attributedTo": _named(graph, end_of(graph, claim, "ATTRIBUTED_TO")),
        "polarity": node["polarity"],
        "modality": node["modality"],
        "date": day(node.get("date")),
        "dateEnd": day(node.get("dateEnd")),
        "datePrecision": node.get("datePrecision"),
        "dateBasis": node.get("dateBasis"),
        "rule": node["rule"],
        "ruleMeans": rule_of(graph, claim),
        "confidence": node["confidence"],
        "against": against(graph, claim, found),
        "oneEventWith": alike(stored, claim) if event else [],
        "article": _article(graph, article) if article else None,
        "source": graph.nodes[source]["name"] if source else None,
    }


def _named(graph: "Graph", id: str | None) -> dict[str, str] | None:
    return {"id": id, "name": graph.nodes[id]["name"]} if id else None


def _article(graph: "Graph", id: str) -> dict[str, Any]:
    node = graph.nodes[id]
    return {"id": id, "name": node["name"], "url": node.get("url"), "published": day(node.get("published"))}


def _lines(row: dict[str, Any]) -> dict[str, Any]:
    article, means, who = row["article"] or {}, row["ruleMeans"], row["participants"]
    return {
        "event": _who(row["event"]),
        "claim": row["claim"],
        "sentence": line(row["marked"]),
        **{f"{role}s": [_found(one) for one in who if one["role"] == role] for role in ("actor", "target", "place")},
        "on the word of": _who(row["attributedTo"]) or "the article",
        "reality": f"{row['polarity']}, {row['modality']}",
        "date": _date(row),
        "article": f"{article.get('name')} ({article.get('id')}), characters {row['start']} to {row['end']}",
        "published": article.get("published"),
        "source": row["source"],
        "url": article.get("url"),
        "type": f"{means['type']}: {means['meaning']}" if means["type"] else None,
        "rule": f"{row['rule']}, confidence {row['confidence']:g}",
        "looks for": _slots(means),
        "as in": means["example"],
        "one event with": [_likeness(one) for one in row["oneEventWith"][:_LIKEST]] or None,
        "against it": [_objection(one) for one in row["against"]] or "nothing",
    }


def _who(who: dict[str, str] | None) -> str | None:
    return f"{who['name']}  {who['id']}" if who else None


def _found(row: dict[str, Any]) -> str:
    """A participant with the words that mean it, such as "Mira Talvik  person/mira-talvik: “She”, a pronoun …"."""
    if row["words"] is None:
        return f"{row['name']}  {row['id']}: no words of the article"
    kind = f"a {row['reading']}" if row["reading"] in ("metonym", "demonym") else f"a {row['form']}"
    notes = [kind, f"for “{row['namedAs']}”" if row["namedAs"] else None]
    notes += [f"taken for it by {reason}" for reason in row["takenFor"]]
    notes += [None if row["inSentence"] else "outside of the sentence", f"characters {row['start']} to {row['end']}"]
    return f"{row['name']}  {row['id']}: “{row['words']}”, " + ", ".join(note for note in notes if note)


def _slots(means: dict[str, Any]) -> str | None:
    if not means["frame"]:
        return None
    return f"actors by {', '.join(means['actorsBy'])}; targets by {', '.join(means['targetsBy'])}"


def _objection(row: dict[str, Any]) -> str:
    return f"{row['reason']}: “{line(row['sentence'])}”  {row['claim']}" if row["claim"] else row["reason"]


def _likeness(row: dict[str, Any]) -> str:
    """Another claim of the event with what makes them one, such as "a2:CONSULT:9-12, 1.2: same type 0.3, …"."""
    features = ", ".join(f"{name} {added:+g}" for name, added in row["features"].items())
    return f"{row['claim']}, {row['score']:g}: {features}"


def _date(row: dict[str, Any]) -> str:
    if not row["date"]:
        return "none"
    days = " to ".join(dict.fromkeys((row["date"], row["dateEnd"])))
    basis = "words of the text" if row["dateBasis"] == "text" else "only the day of publication"
    return f"{days} ({row['datePrecision']}; {basis})"
