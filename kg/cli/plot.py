"""`kg plot`: pictures of what saved queries answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.completion import entities
from kg.cli.options import StoreOption, example
from kg.cli.output import Format, counted, print_rows, tell
from kg.cli.stored import finder, read_engine, store_path
from kg.errors import NotFoundError
from kg.queries import find_query
from kg.render import Rows
from kg.stored import run_locally

if TYPE_CHECKING:
    from kg.engine import Engine
    from kg.lookup import EntityIndex
    from kg.plot import Draw
    from kg.queries import FindEntity

EXAMPLE = 'kg plot timeline "Kim Jong Un" --out kim.svg'

_ALL = 1_000_000  # rows; more than there are

ActorArgument = Annotated[
    str, typer.Argument(metavar="ACTOR", help="A name, an alias or an id.", autocompletion=entities)
]
OtherArgument = Annotated[
    str, typer.Argument(metavar="OTHER", help="A name, an alias or an id.", autocompletion=entities)
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Leave out what ended before this day (YYYY-MM-DD).")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Leave out what began after this day (YYYY-MM-DD).")
]
EventsOption = Annotated[int, typer.Option("--limit", min=1, max=400, help="Draw at most so many events, the latest.")]
ActorsOption = Annotated[int, typer.Option("--limit", min=2, max=60, help="Draw so many actors, the most active.")]
PlacesOption = Annotated[int, typer.Option("--limit", min=1, help="Draw at most so many places, the most eventful.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="The picture; ends in .png or .svg.")]
DataOption = Annotated[
    Format | None, typer.Option("--data", help="Draw nothing, and print the rows behind the picture in this form.")
]

app = typer.Typer(no_args_is_help=True, help="Draw what happened: over time, of a pair, on a map, as a matrix.")


@app.command("timeline", epilog=example(EXAMPLE))
def timeline_command(
    actor: ActorArgument,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: EventsOption = 40,
    out: OutOption = Path("timeline.png"),
    data: DataOption = None,
    store: StoreOption = None,
) -> None:
    """Draw the events of an actor, a row each.

    Circles are cooperation and triangles conflict. What is planned, denied or demanded is grey.
    """
    from kg.plot import draw_timeline

    source = _Source.of(store)
    name = source.name(actor)
    rows = source.rows("actor-timeline", actor=actor, since=since, until=until)
    dated = _only(rows, lambda row: row["date"] is not None)
    notes = [
        f"{counted(len(rows.rows), 'event')} of {name}, as actor or target",
        _period(since, until),
        _left_out((len(rows.rows) - len(dated.rows), "without a date"), (len(dated.rows) - limit, "earlier")),
        "grey is told as denied, planned or demanded",
        "* marks the day of publication, where no words give a day",
    ]
    drawn = Rows(rows.columns, dated.rows[-limit:])
    _finish(_Picture(draw_timeline, drawn, f"Timeline of {name}", notes), source, out, data)


@app.command("pair", epilog=example("kg plot pair Iran Israel --out pair.png"))
def pair_command(
    actor: ActorArgument,
    other: OtherArgument,
    since: SinceOption = None,
    until: UntilOption = None,
    out: OutOption = Path("pair.png"),
    data: DataOption = None,
    store: StoreOption = None,
) -> None:
    """Draw cooperation and conflict of two by month.

    A longer time than eight years is drawn by year.
    """
    from kg.plot import draw_pair

    source = _Source.of(store)
    names = source.name(actor), source.name(other)
    rows = source.rows("monthly-balance", actor=actor, other=other, since=since, until=until)
    between = _only(rows, lambda row: row["cooperation"] or row["conflict"])
    total = sum(row["cooperation"] + row["conflict"] for row in between.dicts())
    notes = [
        f"{counted(total, 'event')} told as having happened, of one with the other",
        _period(since, until),
        _left_out((sum(row["together"] for row in rows.dicts()), "that both did side by side to others")),
    ]
    _finish(
        _Picture(draw_pair, between, f"{names[0]} and {names[1]}: cooperation and conflict", notes), source, out, data
    )


@app.command("map", epilog=example("kg plot map --since 2022-01-01 --out map.svg"))
def map_command(
    since: SinceOption = None,
    until: UntilOption = None,
    limit: PlacesOption = 200,
    out: OutOption = Path("map.png"),
    data: DataOption = None,
    store: StoreOption = None,
) -> None:
    """Draw where the events were.

    The map comes with kg. A place that no listed source locates is left out, and counted.
    """
    from kg.plot import draw_map

    source = _Source.of(store)
    rows = source.rows("events-by-place", since=since, until=until)
    located = _only(rows, lambda row: row["latitude"] is not None and row["longitude"] is not None)
    drawn = Rows(rows.columns, located.rows[:limit])
    told, known, shown = (sum(row["events"] for row in some.dicts()) for some in (rows, located, drawn))
    notes = [
        f"{counted(shown, 'event')} told as having happened, at {counted(len(drawn.rows), 'place')}",
        _period(since, until),
        _left_out(
            (told - known, "where no listed source locates the place"), (known - shown, "at less eventful places")
        ),
        "borders as Natural Earth draws them",
    ]
    _finish(_Picture(draw_map, drawn, "Where it happened", notes), source, out, data)


@app.command("matrix", epilog=example("kg plot matrix --limit 12 --out matrix.png"))
def matrix_command(
    since: SinceOption = None,
    until: UntilOption = None,
    limit: ActorsOption = 15,
    out: OutOption = Path("matrix.png"),
    data: DataOption = None,
    store: StoreOption = None,
) -> None:
    """Draw who cooperates with whom, and who is in conflict.

    Cooperation stands above the diagonal and conflict below it.
    """
    from kg.plot import draw_matrix, most_active

    source = _Source.of(store)
    rows = source.rows("most-active-pairs", since=since, until=until)
    actors = most_active(rows, limit)
    drawn = _only(rows, lambda row: row["firstId"] in actors and row["secondId"] in actors)
    notes = [
        f"Events told as having happened that two share; the {len(actors)} actors who share most",
        _period(since, until),
        "blue above the diagonal: cooperation; orange below it: conflict",
    ]
    picture = _Picture(partial(draw_matrix, actors=actors), drawn, "Who with whom, who against whom", notes)
    _finish(picture, source, out, data)


@dataclass(frozen=True, slots=True)
class _Source:
    """What a picture is drawn from."""

    engine: "Engine"
    index: "EntityIndex"
    find: "FindEntity"

    @classmethod
    def of(cls, store: str | None) -> "_Source":
        engine, index = read_engine(store_path(store))
        return cls(engine, index, finder(index))

    def name(self, text: str) -> str:
        """How the entity is called that a text means. Raises `NotFoundError`."""
        return self.index.name(self.find(text))

    def rows(self, query: str, **parameters: str | None) -> Rows:
        """All rows of a saved query, however many it shows by itself."""
        saved = find_query(query)
        given = {name: value for name, value in parameters.items() if value is not None}
        if any(parameter.name == "limit" for parameter in saved.parameters):
            given["limit"] = str(_ALL)
        return run_locally(saved, given, self.engine, self.find)

    def words(self) -> str:
        """How many articles there are, and of when the latest is."""
        text = "MATCH (article:Article) RETURN count(article) AS articles, max(article.published) AS latest"
        ((articles, latest),) = self.engine.run(text, {}).rows
        return f"Source: {counted(articles, 'article')}" + (f", the latest of {latest}" if latest else "")


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is drawn, and what is said about it."""

    draw: "Draw"
    rows: Rows
    title: str
    notes: Iterable[str]


def _finish(picture: _Picture, source: _Source, out: Path, data: Format | None) -> None:
    """Draw, or print the rows."""
    from kg.plot import Caption, write_plot

    if data:
        print_rows(picture.rows, data)
        return
    if not picture.rows.rows:
        hint = "look at another time, or name somebody else"
        raise NotFoundError("there is no event to draw", where=picture.title, hint=hint)
    caption = Caption(picture.title, "; ".join(filter(None, picture.notes)), source.words())
    write_plot(picture.draw, picture.rows, caption, out)
    tell(f"wrote {out}: {caption.title}")


def _only(rows: Rows, wanted: Callable[[dict[str, Any]], object]) -> Rows:
    kept = (row for row, named in zip(rows.rows, rows.dicts(), strict=True) if wanted(named))
    return Rows(rows.columns, tuple(kept))


def _period(since: str | None, until: str | None) -> str:
    """The days that were asked for, of which a picture would not tell by itself."""
    return " ".join(f"{word} {day}" for word, day in (("since", since), ("until", until)) if day)


def _left_out(*parts: tuple[int, str]) -> str:
    some = ", ".join(f"{number} {what}" for number, what in parts if number > 0)
    return f"left out: {some}" if some else ""
