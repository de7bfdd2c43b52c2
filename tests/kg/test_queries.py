import datetime
from pathlib import Path

import pytest

from kg.errors import DataError, NotFoundError, ParameterError
from kg.queries import (
    Parameter,
    ParameterType,
    SavedQuery,
    Value,
    bare,
    bind,
    latest_publication,
    load_queries,
    place_values,
    read_query,
)
from kg.render import Rows

HEAD = "// Title\n// description: What it shows.\n// returns: a, b\n"


def saved(folder: Path, text: str, name: str = "some/query.cypher") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def query_with(folder: Path, *parameters: str) -> SavedQuery:
    names = [line.split()[0] for line in parameters]
    head = HEAD + "".join(f"// param: {line}\n" for line in parameters)
    return read_query(saved(folder, head + "RETURN " + ", ".join(f"${name} AS {name}" for name in names)))


def find_entity(name: str) -> str:
    if name != "Talvik":
        raise NotFoundError(f"nobody is called {name}")
    return "person/mira-talvik"


# --- reading


def test_a_whole_head(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "// Timeline of an actor\n"
        "// description: Every event: with $words and a -- in it.\n"
        "// param: actor entity -- Name, alias or id\n"
        "// param: since date = 2024-01-01 -- First day -- inclusive\n"
        "// param: word string = two words -- Some words\n"
        "// param: until date = null -- Last day\n"
        "// returns: date, event\n"
        '// example: actor="North Korea" until=2024-06-30\n'
        "// engine: neo4j\n"
        "MATCH (n) WHERE n.price = '$5' AND n.id = $actor AND n.day > $since AND n.day < $until OR n.name = $word\n"
        "RETURN n.date AS date, n.name AS event // $not a parameter\n",
        "actors/timeline.cypher",
    )
    assert read_query(path) == SavedQuery(
        name="timeline",
        group="actors",
        title="Timeline of an actor",
        description="Every event: with $words and a -- in it.",
        parameters=(
            Parameter(name="actor", type=ParameterType.ENTITY, doc="Name, alias or id"),
            Parameter(
                name="since",
                type=ParameterType.DATE,
                doc="First day -- inclusive",
                required=False,
                default="2024-01-01",
            ),
            Parameter(name="word", type=ParameterType.STRING, doc="Some words", required=False, default="two words"),
            Parameter(name="until", type=ParameterType.DATE, doc="Last day", required=False),
        ),
        returns=("date", "event"),
        example={"actor": "North Korea", "until": "2024-06-30"},
        engine="neo4j",
        text=path.read_text(encoding="utf-8"),
        path=path,
    )


def test_a_short_head_has_defaults(tmp_path: Path) -> None:
    query = read_query(saved(tmp_path, HEAD + "RETURN 1 AS a, 2 AS b"))
    assert (query.engine, query.parameters, query.example) == ("both", (), {})


def test_a_file_as_windows_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "x.cypher"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + "RETURN 1 AS a, 2 AS b\n").replace("\n", "\r\n").encode())
    assert read_query(path).returns == ("a", "b")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "the first line is not a title"),
        ("MATCH (n) RETURN n.id AS a", 1, "the first line is not a title"),
        ("// description: x\n// returns: a\nRETURN 1 AS a", 1, "the first line is not a title"),
        ("//\n// description: x\n// returns: a\nRETURN 1 AS a", 1, "the first line is not a title"),
        ("// T\n// returns: a\nRETURN 1 AS a", None, "the head lacks a line // description"),
        ("// T\n// description:\n// returns: a\nRETURN 1 AS a", None, "the head lacks a line // description"),
        ("// T\n// description: x\nRETURN 1 AS a", None, "the head lacks a line // returns"),
        (HEAD + "// returns: c\nRETURN 1 AS a", 4, "there is a second returns"),
        (HEAD + "// author: me\nRETURN 1 AS a", 4, "is no line of a head"),
        (HEAD + "// just words\nRETURN 1 AS a", 4, "is no line of a head"),
        (HEAD + "// engine: mysql\nRETURN 1 AS a", 4, "engine is neither both nor neo4j"),
        (HEAD + "// param: x date\nRETURN $x AS a", 4, "declares no parameter"),
        (HEAD + "// param: x -- X\nRETURN $x AS a", 4, "declares no parameter"),
        (HEAD + "// param: 1x date -- X\nRETURN 1 AS a", 4, "declares no parameter"),
        (HEAD + "// param: x day -- X\nRETURN $x AS a", 4, "x has the type day, which is none of entity, string"),
        (HEAD + "// param: x date = soon -- X\nRETURN $x AS a", 4, "the default 'soon' of x is no date"),
        (HEAD + "// param: x integer = 1.5 -- X\nRETURN $x AS a", 4, "the default '1.5' of x is no integer"),
        (HEAD + "// param: x string = -- X\nRETURN $x AS a", 4, "the default '' of x is no string"),
        (HEAD + "// param: x date -- X\nRETURN 1 AS a", 4, "the parameter x is declared but not used"),
        (HEAD + "// param: x date -- X\nRETURN '$x' AS a", 4, "the parameter x is declared but not used"),
        (HEAD + "// param: x date -- X\nRETURN 1 AS a // $x", 4, "the parameter x is declared but not used"),
        (HEAD + "// param: x date -- X\n// param: x date -- X\nRETURN $x AS a", 4, "the parameter x is declared twice"),
        (HEAD + "RETURN 1 AS a,\n  $y AS b", 5, "$y is used but not declared"),
        (HEAD + "// example: x=1\nRETURN 1 AS a", 4, "the example cannot be run: there is no parameter x"),
        (HEAD + "// example: x\nRETURN 1 AS a", 4, "the example has 'x', which is not name=value"),
        (HEAD + '// example: x="1\nRETURN 1 AS a', 4, "the example cannot be read"),
        (
            HEAD + "// param: x date -- X\n// example: x=soon\nRETURN $x AS a",
            5,
            "the example cannot be run: the parameter x takes a day",
        ),
    ],
)
def test_a_head_that_cannot_be_used(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    path = saved(tmp_path, text)
    with pytest.raises(DataError) as caught:
        read_query(path)
    assert caught.value.where == (f"{path}:{line}" if line else str(path))
    assert says in caught.value.what


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.cypher"
    path.write_bytes(b"// \xff\xfe")
    with pytest.raises(DataError, match=r"x\.cypher"):
        read_query(path)


def test_queries_of_a_folder_by_name(tmp_path: Path) -> None:
    for name in ("b/zebra.cypher", "a/apple.cypher", "a/deep/mango.cypher", "a/readme.txt"):
        saved(tmp_path, HEAD + "RETURN 1 AS a, 2 AS b", name)
    queries = load_queries(tmp_path)
    assert [(name, query.group) for name, query in queries.items()] == [
        ("apple", "a"),
        ("mango", "deep"),
        ("zebra", "b"),
    ]


def test_a_name_in_two_folders(tmp_path: Path) -> None:
    first = saved(tmp_path, HEAD + "RETURN 1 AS a", "a/same.cypher")
    second = saved(tmp_path, HEAD + "RETURN 1 AS a", "b/same.cypher")
    with pytest.raises(DataError) as caught:
        load_queries(tmp_path)
    assert caught.value.where == str(second)
    assert str(first) in caught.value.what


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        load_queries(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("RETURN $a", "RETURN $a"),
        ("'$a' $b", "     $b"),
        (r"'it\'s $a' $b", "           $b"),
        ('"$a" $b', "     $b"),
        ("`$a` $b", "     $b"),
        ("// '$a\n$b", "      \n$b"),
        ("/* '$a\n*/ $b", "      \n   $b"),
        ("'http://x' $b", "           $b"),
        ("1 / 2 * $b", "1 / 2 * $b"),
    ],
)
def test_what_is_quoted_or_a_comment_is_blanked_out(text: str, rest: str) -> None:
    assert bare(text) == rest


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("RETURN $a, $ab, $a", "RETURN 1, '$a', 1"),
        ("RETURN '$a', \"$a\", `$a` // $a\n/* $a */ + $a", "RETURN '$a', \"$a\", `$a` // $a\n/* $a */ + 1"),
    ],
)
def test_literals_take_the_place_of_parameters_and_of_nothing_else(text: str, placed: str) -> None:
    assert place_values(text, {"a": "1", "ab": "'$a'"}) == placed


# --- binding


@pytest.mark.parametrize(
    ("line", "given", "value"),
    [
        ("x entity -- X", {"x": "Talvik"}, "person/mira-talvik"),
        ("x entity = null -- X", {}, None),
        ("x entity = Talvik -- X", {}, "person/mira-talvik"),
        ("x string -- X", {"x": "a = b -- c"}, "a = b -- c"),
        ("x string -- X", {"x": "2024"}, "2024"),
        ("x date -- X", {"x": "2024-02-29"}, datetime.date(2024, 2, 29)),
        ("x date = 2024-01-01 -- X", {}, datetime.date(2024, 1, 1)),
        ("x date = 2024-01-01 -- X", {"x": "1999-12-31"}, datetime.date(1999, 12, 31)),
        ("x date = null -- X", {}, None),
        ("x integer = 20 -- X", {}, 20),
        ("x integer = 20 -- X", {"x": "-3"}, -3),
        ("x number -- X", {"x": "1e3"}, 1000.0),
        ("x number = 2 -- X", {}, 2.0),
        ("x boolean = false -- X", {}, False),
        ("x boolean = false -- X", {"x": "True"}, True),
    ],
)
def test_a_text_becomes_a_typed_value(tmp_path: Path, line: str, given: dict[str, str], value: Value) -> None:
    bound = bind(query_with(tmp_path, line), given, find_entity)
    assert bound == {"x": value}
    assert type(bound["x"]) is type(value)


DAY = datetime.date(2024, 9, 3)


@pytest.mark.parametrize(
    ("line", "given", "value"),
    [
        ("x date = latest -- X", {}, DAY),
        ("x date = latest -- X", {"x": "2024-01-01"}, datetime.date(2024, 1, 1)),
        ("x date = null -- X", {"x": "latest"}, DAY),
        ("x string -- X", {"x": "latest"}, "latest"),  # only a date
        ("x date = null -- X", {}, None),
    ],
)
def test_the_latest_publication_stands_for_today(
    tmp_path: Path, line: str, given: dict[str, str], value: Value
) -> None:
    assert bind(query_with(tmp_path, line), given, find_entity, lambda: DAY) == {"x": value}


def test_without_any_day_of_publication_there_is_no_latest(tmp_path: Path) -> None:
    nothing = Rows(("latest",), ((None,),))
    query = query_with(tmp_path, "x date = latest -- X")
    assert bind(query, {}, find_entity, lambda: latest_publication(lambda _text, _given: nothing)) == {"x": None}


@pytest.mark.parametrize(
    ("lines", "given", "message"),
    [
        (
            ["actor entity -- Who did it"],
            {},
            'query: the parameter actor (entity: Who did it) is missing — for example actor="North Korea"',
        ),
        (
            ["since date = null -- From"],
            {"sinse": "2024-01-01"},
            "query: there is no parameter sinse — did you mean since?",
        ),
        (["since date = null -- From"], {"zzz": "1"}, "query: there is no parameter zzz — it takes since"),
        (
            ["since date = null -- From"],
            {"since": "19 June"},
            "query: the parameter since takes a day as YYYY-MM-DD (date), not '19 June' — for example since=2024-06-19",
        ),
        (
            ["limit integer = 5 -- How many"],
            {"limit": "many"},
            "query: the parameter limit takes a whole number (integer), not 'many' — for example limit=20",
        ),
    ],
)
def test_one_line_says_query_parameter_type_and_an_example(
    tmp_path: Path, lines: list[str], given: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        bind(query_with(tmp_path, *lines), given, find_entity)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("date", ""),
        ("date", "2024-02-30"),
        ("date", "20240101"),
        ("date", "2024-W01-1"),
        ("date", "2024-01-01T00:00"),
        ("integer", "1.0"),
        ("integer", ""),
        ("integer", str(2**63)),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "1,5"),
        ("boolean", "yes"),
        ("boolean", "1"),
        ("string", "  "),
        ("entity", ""),
    ],
)
def test_ill_typed(tmp_path: Path, type_: str, text: str) -> None:
    with pytest.raises(ParameterError):
        bind(query_with(tmp_path, f"x {type_} -- X"), {"x": text}, find_entity)


def test_somebody_unknown_is_for_the_index_to_say(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        bind(query_with(tmp_path, "x entity -- X"), {"x": "Nobody"}, find_entity)
