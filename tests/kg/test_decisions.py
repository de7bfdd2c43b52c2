"""kg.decisions: pairs with a verdict, the last one about a pair counts, contradictions are refused, files say where."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Decision, check_agreement, in_force, read_decisions, united, write_decisions
from kg.errors import DataError, InputError


def same(left: str, right: str) -> Decision:
    return Decision(left, right, True)


def apart(left: str, right: str) -> Decision:
    return Decision(left, right, False)


def test_the_smaller_id_is_the_left_one() -> None:
    assert same("b", "a") == same("a", "b")
    assert str(apart("b", "a")) == "a is not the same as b"


def test_nobody_is_decided_about_alone() -> None:
    with pytest.raises(InputError, match="a is one entity already"):
        same("a", "a")


def test_the_last_decision_about_a_pair_is_in_force() -> None:
    assert list(in_force([same("c", "d"), same("a", "b"), apart("b", "a")]).values()) == [
        apart("a", "b"),
        same("c", "d"),
    ]


@pytest.mark.parametrize(
    ("decisions", "agree"),
    [
        ([], True),
        ([same("a", "b"), same("b", "c")], True),
        ([apart("a", "b"), apart("b", "c"), same("a", "c")], True),
        ([same("a", "b"), apart("a", "b")], True),
        ([same("a", "b"), same("b", "c"), apart("a", "c")], False),
        ([apart("a", "c"), same("a", "b"), same("b", "c")], False),
        ([same("a", "b"), same("b", "c"), apart("a", "c"), apart("a", "b")], True),
    ],
)
def test_decisions_may_not_contradict_each_other(decisions: list[Decision], agree: bool) -> None:
    if agree:
        check_agreement(decisions)
    else:
        with pytest.raises(InputError, match="other decisions make a and c the same"):
            check_agreement(decisions)


ids = st.sampled_from("abcdef")
pairs = st.tuples(ids, ids)


@given(st.lists(pairs), st.randoms(use_true_random=False))
def test_components_do_not_depend_on_order(some: list[tuple[str, str]], random: object) -> None:
    shuffled = [pair[::-1] for pair in some]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert united(shuffled) == united(some)
    assert all(root <= id for id, root in united(some).items())


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_file_is_sorted_and_read_back(tmp_path: Path) -> None:
    decided = [same("person/zoë", "person/b"), apart("Q1", "Q2"), same("Q1", "Q2")]
    lines = list(write_decisions(decided))
    assert lines == [
        '{"left": "Q1", "right": "Q2", "same": true}\n',
        '{"left": "person/b", "right": "person/zoë", "same": true}\n',
    ]
    assert read_decisions(written(tmp_path / "d.jsonl", "\ufeff" + "".join(lines), "")) == list(
        in_force(decided).values()
    )


GOOD = {"left": "a", "right": "b", "same": True}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "d.jsonl:1: the line is no JSON"),
        ([GOOD, "", "[1]"], "d.jsonl:3: the line is no decision"),
        ([GOOD | {"left": 1}], "d.jsonl:1: the line is no decision"),
        ([GOOD | {"same": 1}], "d.jsonl:1: the line is no decision"),
        ([GOOD | {"when": "now"}], "d.jsonl:1: the line is no decision"),
        ([{"left": "a", "right": "b"}], "d.jsonl:1: the line is no decision"),
        ([GOOD | {"left": ""}], 'd.jsonl:1: "left" and "right" must be ids'),
        ([GOOD | {"left": "Ann Lee"}], 'd.jsonl:1: "left" and "right" must be ids'),
        (['{"left": "\\ud800", "right": "b", "same": true}'], 'd.jsonl:1: "left" and "right" must be ids'),
        ([GOOD | {"left": "b"}], "d.jsonl:1: b is one entity already"),
        ([GOOD, {"left": "b", "right": "a", "same": False}], "d.jsonl:2: a and b stand there twice — see .*d.jsonl:1"),
        ([GOOD, {"left": "b", "right": "c", "same": True}], "d.jsonl:2: other decisions make a and c the same"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: list[object], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_decisions(written(tmp_path / "d.jsonl", *lines), [apart("a", "c")])


def test_a_file_may_replace_earlier_decisions(tmp_path: Path) -> None:
    lines = [{"left": "b", "right": "c", "same": True}, {"left": "a", "right": "c", "same": True}, GOOD]
    assert len(read_decisions(written(tmp_path / "d.jsonl", *lines), [apart("a", "c")])) == 3


@pytest.mark.parametrize("contents", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, contents: bytes | None) -> None:
    path = tmp_path / "d.jsonl"
    if contents:
        path.write_bytes(contents)
    with pytest.raises(DataError, match=r"d\.jsonl: cannot be read"):
        read_decisions(path)
