"""Names for nodes that have none of their own, so that a caption in a browser can be read."""

from collections.abc import Mapping, Sequence

from kg.model import Article, Basis, Entity, Event, EventDate, Modality, Polarity, Precision, Statement

LONGEST = 80  # characters of a name that is cut from a text
_NAMED = 4  # participants; of more, all but three are only counted
_PREPOSITIONS = ("about", "against", "between", "by", "for", "from", "in", "of", "on", "to", "with")
_PLAIN = (Modality.ASSERTED, Modality.HISTORICAL)
_SHOWN = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}  # characters of an ISO date


def event_name(event: Event, date: EventDate | None, entities: Mapping[str, Entity]) -> str:
    """What happened, such as "Jane Doe visited Norland (2024-06)"; what did not happen begins with "Not: "."""
    doubts = ["not"] if event.polarity is Polarity.NEGATED else []
    doubts += [event.modality.value] if event.modality not in _PLAIN else []
    actor_names, target_names = ([entities[id].name for id in ids] for ids in (event.actors, event.targets))
    words = [_listed(actor_names) or "Somebody", _verb(event.relation, bare=not target_names), _listed(target_names)]
    if event.place and not (actor_names or target_names):  # all that the text says: "the blast in Lima"
        words[1:] = [_verb(event.relation, bare=True), f"in {entities[event.place].name}"]
    happening = " ".join(word for word in [*words, _when(date)] if word)
    return f"{', '.join(doubts).capitalize()}: {happening}" if doubts else happening


def statement_name(statement: Statement, text: str, speaker: Entity | None) -> str:
    """Who says what, such as "Jane Doe: “We will wait”"; words that are not quoted stand without quotation marks."""
    words = short(statement.content.of(text)).rstrip(" ,")
    return f"{speaker.name if speaker else 'Somebody'}: " + (f"“{words}”" if statement.quoted else words)


def article_name(article: Article) -> str:
    """The title, or else the first words."""
    return article.title or short(article.text)


def short(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut after a word when it is too long."""
    line = " ".join(text[: longest * 8].split())
    if len(line) <= longest:
        return line
    head, _, _ = line[:longest].rpartition(" ")
    return (head or line[: longest - 1]).rstrip(" ,;:–-") + "…"


def _verb(relation: str, *, bare: bool) -> str:
    """SIGNED_AGREEMENT_WITH as "signed agreement with", or "signed agreement" where nobody follows."""
    words = relation.lower().split("_")
    while bare and len(words) > 1 and words[-1] in _PREPOSITIONS:
        words.pop()
    return " ".join(words)


def _listed(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} others"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _when(date: EventDate | None) -> str:
    """The date as exactly as the text has it; the day of publication is no date of the event."""
    if date is None or date.basis is not Basis.TEXT or date.precision is Precision.UNKNOWN:
        return ""
    start, end = date.start.isoformat(), date.end.isoformat()
    if shown := _SHOWN.get(date.precision):
        return f"({start[:shown]})"
    return f"({start} to {end})" if start != end else f"({start})"
