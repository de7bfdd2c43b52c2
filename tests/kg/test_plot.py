"""kg.plot: a picture shows what its rows say, no word lies on another, and the same rows give the same bytes."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kg.errors import InputError
from kg.plot import Caption, Draw, draw_map, draw_matrix, draw_pair, draw_timeline, most_active, write_plot
from kg.plot.outlines import outlines
from kg.plot.style import drawing
from kg.render import Rows

VENDOR = Path(__file__).parents[2] / "kg" / "plot" / "vendor"
CAPTION = Caption("Norland and others", "what is counted", "Source: 3 articles")
NASTY = "Somebody --> paid $5 & $6_{x} <b>\x00\x1b[31m\ufffe]]>\n\u202eto 名前 " + "and everybody else " * 20

TIMELINE = Rows(
    ("date", "datePrecision", "dateBasis", "event", "type", "caveat"),
    (
        (datetime.date(1998, 1, 1), "year", "text", "Southhaven attacked Norland (1998)", "ASSAULT", "historical"),
        (datetime.date(2024, 6, 19), "day", "text", "Mira Talvik visited Estmark (2024-06-19)", "CONSULT", None),
        (datetime.date(2024, 6, 20), "unknown", "published", "Norland and Estmark traded", "COOPERATE", None),
        (datetime.date(2024, 8, 1), "month", "text", "Not: Oskar Brandt visited Norland", "CONSULT", "negated"),
        (datetime.date(2024, 9, 2), "day", "text", NASTY, "THREATEN", "negated, planned"),
    ),
)
PAIR = Rows(("month", "cooperation", "conflict"), (("2023-11", 2, 0), ("2023-12", 0, 1), ("2024-02", 1, 3)))
MAP = Rows(
    ("place", "events", "cooperation", "conflict", "latitude", "longitude"),
    (
        ("Here", 9, 8, 1, 61.0, 12.5),
        (NASTY, 4, 1, 3, 61.2, 12.9),
        ("Beside", 2, 1, 1, 61.1, 12.6),
        *((f"Spot {number}", 1, 0, 1, 55 + number % 7, 10 + number % 5) for number in range(40)),
    ),
)
PAIRS = Rows(
    ("first", "second", "events", "cooperation", "conflict", "firstId", "secondId"),
    (
        ("Estmark", "Norland", 7, 5, 2, "e", "n"),
        ("Norland", NASTY, 3, 0, 3, "n", "x"),
        ("Estmark", "Port Alder", 1, 1, 0, "e", "p"),
    ),
)


def matrix(rows: Rows, caption: Caption) -> Figure:
    return draw_matrix(rows, caption, actors=most_active(rows, 3))


PICTURES: dict[str, tuple[Draw, Rows]] = {
    "timeline": (draw_timeline, TIMELINE),
    "pair": (draw_pair, PAIR),
    "map": (draw_map, MAP),
    "matrix": (matrix, PAIRS),
}
every_picture = pytest.mark.parametrize(("draw", "rows"), PICTURES.values(), ids=PICTURES)


@pytest.fixture
def drawn() -> Iterator[Callable[[Draw, Rows], Figure]]:
    def draw(picture: Draw, rows: Rows) -> Figure:
        figure = picture(rows, CAPTION)
        FigureCanvasAgg(figure).draw()
        return figure

    with drawing():
        yield draw


def words(figure: Figure) -> list[Text]:
    """All words of a picture that are to be seen; a scale knows more ticks than it shows."""
    (axes,) = figure.axes
    sides = ((axes.xaxis, 0, axes.get_xlim()), (axes.yaxis, 1, axes.get_ylim()))
    unseen = {
        tick
        for axis, side, ends in sides
        for tick in axis.get_ticklabels()
        if not min(ends) <= tick.get_position()[side] <= max(ends)
    }
    found = (text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip())
    return [text for text in found if text not in unseen]


def box(text: Text) -> Bbox:
    """The room of the words alone, without a line that leads to them."""
    return Text.get_window_extent(text)


# --- all pictures -----------------------------------------------------------------------------------------------------


@every_picture
def test_no_word_lies_on_another_or_is_cut(drawn: Callable[[Draw, Rows], Figure], draw: Draw, rows: Rows) -> None:
    figure = drawn(draw, rows)
    whole, found = figure.bbox.padded(1), words(figure)
    assert {CAPTION.title, CAPTION.counted, CAPTION.source} <= {text.get_text() for text in found}
    assert [text.get_text() for text in found if not whole.contains(*box(text).min)] == []
    assert [text.get_text() for text in found if not whole.contains(*box(text).max)] == []
    level = [text for text in found if not text.get_rotation()]
    over = [
        (one.get_text(), other.get_text())
        for one, other in combinations(level, 2)
        if box(one).padded(-1.5).overlaps(box(other).padded(-1.5))
    ]
    assert over == []


@every_picture
@pytest.mark.parametrize("suffix", [".png", ".svg", ".SVG"])
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, draw: Draw, rows: Rows, suffix: str) -> None:
    files = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for file in files:
        write_plot(draw, rows, CAPTION, file)
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert first.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")
    assert b"T00:" not in first  # no time of day
    assert len(list(tmp_path.iterdir())) == 2


@every_picture
def test_whatever_stands_in_an_article_an_svg_is_well_formed(tmp_path: Path, draw: Draw, rows: Rows) -> None:
    write_plot(draw, rows, Caption(NASTY, NASTY, NASTY), tmp_path / "picture.svg")
    assert ElementTree.parse(tmp_path / "picture.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    write_plot(draw, rows, Caption(NASTY, NASTY, NASTY), tmp_path / "picture.png")


def test_settings_of_the_user_change_nothing_and_stay(tmp_path: Path) -> None:
    write_plot(draw_pair, PAIR, CAPTION, tmp_path / "plain.svg")
    with mpl.rc_context({"font.size": 30, "savefig.dpi": 20, "svg.fonttype": "none"}):
        write_plot(draw_pair, PAIR, CAPTION, tmp_path / "own.svg")
        assert mpl.rcParams["font.size"] == 30
    assert (tmp_path / "own.svg").read_bytes() == (tmp_path / "plain.svg").read_bytes()


@pytest.mark.parametrize("name", ["picture.jpg", "picture", "svg", "nowhere/picture.png"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no picture has this suffix — name it one of \.png, \.svg|cannot be written"):
        write_plot(draw_pair, PAIR, CAPTION, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


# --- each picture -----------------------------------------------------------------------------------------------------


def test_a_timeline_has_a_row_an_event_with_its_day_as_exactly_as_it_is_known(
    drawn: Callable[[Draw, Rows], Figure],
) -> None:
    (axes,) = drawn(draw_timeline, TIMELINE).axes
    assert [label.get_text().rstrip() for label in axes.get_yticklabels()] == [
        "1998", "2024-06-19", "2024-06-20 *", "2024-08", "2024-09-02",
    ]  # fmt: skip
    labels = {text.get_text(): text for text in axes.texts}
    assert list(labels)[:4] == [
        "Southhaven attacked Norland [historical]",
        "Mira Talvik visited Estmark",
        "Norland and Estmark traded",
        "Not: Oskar Brandt visited Norland [negated]",
    ]
    assert [text.get_style() for text in labels.values()] == ["normal", "normal", "normal", "italic", "italic"]
    signs = [line for line in axes.lines if line.get_marker() in ("o", "^")]
    looks = [(line.get_marker(), line.get_markerfacecolor() == "white") for line in signs]
    assert looks == [("^", False), ("o", True), ("o", False), ("o", True), ("^", True)]


def test_a_pair_has_a_bar_for_every_month_up_and_down(drawn: Callable[[Draw, Rows], Figure]) -> None:
    (axes,) = drawn(draw_pair, PAIR).axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    up, down = ([bar.get_height() for bar in bars] for bars in axes.containers)
    assert (up, down) == ([2, 0, 0, 1], [0, -1, 0, -3])
    assert {bar.get_hatch() for bar in axes.containers[1]} == {"////"}


def test_a_pair_over_a_long_time_has_a_bar_for_every_year(drawn: Callable[[Draw, Rows], Figure]) -> None:
    rows = Rows(PAIR.columns, (("2010-03", 1, 0), ("2010-04", 1, 0), *PAIR.rows))
    (axes,) = drawn(draw_pair, rows).axes
    assert [bar.get_height() for bar in axes.containers[0]] == [2, *[0] * 12, 2, 1]
    assert axes.get_ylabel() == "events a year"


def test_a_map_shows_every_place_by_a_sign_for_what_is_most(drawn: Callable[[Draw, Rows], Figure]) -> None:
    (axes,) = drawn(draw_map, MAP).axes
    signs = [(line.get_marker(), line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines]
    assert signs[:3] == [("o", 12.5, 61.0), ("^", 12.9, 61.2), ("s", 12.6, 61.1)]
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    assert all(west < x < east and south < y < north for _, x, y in signs)
    sizes = [line.get_markersize() for line in axes.lines]
    assert sizes[0] > sizes[1] > sizes[2] > sizes[3]


@pytest.mark.parametrize(
    ("places", "wide"),
    [([(0, 0)], 30), ([(179, 60), (178, -20)], 30), ([(-100, 40), (120, 30)], 360), ([(10, 80), (12, -80)], 30)],
)
def test_a_map_is_never_too_near_and_never_beyond_the_world(
    drawn: Callable[[Draw, Rows], Figure], places: list[tuple[float, float]], wide: float
) -> None:
    rows = Rows(MAP.columns, tuple(("A", 1, 1, 0, latitude, longitude) for longitude, latitude in places))
    (axes,) = drawn(draw_map, rows).axes
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    assert west >= -180
    assert east <= 180
    assert -90 <= south < north <= 90
    assert east - west >= wide


def test_a_matrix_has_cooperation_above_and_conflict_below_the_diagonal(
    drawn: Callable[[Draw, Rows], Figure],
) -> None:
    (axes,) = drawn(matrix, PAIRS).axes
    assert most_active(PAIRS, 3) == ["n", "e", "x"]
    counts = {tuple(map(int, text.get_position())): text.get_text() for text in axes.texts}
    assert counts == {(1, 0): "5", (0, 1): "2", (0, 2): "3"}
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[:2] == ["Norland", "Estmark"]
    assert names[2].endswith("…")


# --- outlines ---------------------------------------------------------------------------------------------------------


def test_outlines_run_round_without_leaps() -> None:
    land, borders = outlines()
    assert len(land) > 100
    assert len(borders) > 200
    for line in (*land, *borders):
        assert max(abs(one[0] - other[0]) for one, other in pairwise(line)) < 180
        assert all(-90 <= latitude <= 90 for _, latitude in line)


def test_the_vendored_file_is_the_one_listed() -> None:
    listed = (VENDOR / "SOURCES.md").read_text(encoding="utf-8")
    for file in VENDOR.glob("*.json"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in listed
    assert "Michael Bostock" in (VENDOR / "LICENSE.txt").read_text(encoding="utf-8")
