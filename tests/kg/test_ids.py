"""kg.ids: the same contents always give the same id, and no others do. The ids written here must never change."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg import ids
from kg.model import Kind, Span

parts = st.lists(st.none() | st.text(st.characters(exclude_categories=()), max_size=5), max_size=4)


@given(parts, parts)
def test_other_parts_give_another_digest(one: list[str | None], other: list[str | None]) -> None:
    assume(one != other)
    assert ids.digest(one) != ids.digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(["ab", "c"], ["a", "bc"]), (["a", None], ["a"]), ([None], [""]), ([], [""]), (["a", "b"], ["b", "a"])],
)
def test_where_parts_end_counts(one: list[str | None], other: list[str | None]) -> None:
    assert ids.digest(one) != ids.digest(other)


def test_digest_has_the_length_asked_for() -> None:
    assert ids.digest(["a"]) == ids.digest(["a"], 64)[:16]
    assert len(ids.digest(["a"], 64)) == 64


def test_text_sha256_is_of_utf_8() -> None:
    assert ids.text_sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert ids.text_sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_half_a_character_has_ids_too() -> None:
    assert ids.digest(["\ud83d"]) != ids.digest(["\ud83e"])
    assert ids.text_sha256("\ud83d") != ids.text_sha256("?")


FIELDS = {"url": "u", "source": "s", "title": "t", "published": "2024-06-20", "text": "words"}


def test_an_articles_id_depends_on_every_field() -> None:
    others = [{**FIELDS, name: "other"} for name in FIELDS] + [
        {**FIELDS, name: None} for name in FIELDS if name != "text"
    ]
    assert len({ids.article_id(**fields) for fields in [FIELDS, *others]}) == 10


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("Q423", True),
        ("person/jane-doe", True),
        ("organization/", True),
        ("country/norland", True),
        ("place/x", True),
        ("group/x", True),
        ("event/0", True),
        ("source/kcna", True),
        ("Q423b", False),
        ("q423", False),
        ("Q", False),
        ("person", False),
        ("persons/jane", False),
        ("article-0123456789abcdef", False),
        ("https://gazette.example/person/jane", False),
    ],
)
def test_ids_of_other_nodes_are_reserved(id: str, expected: bool) -> None:
    assert ids.is_reserved(id) is expected


@pytest.mark.parametrize("kind", list(Kind))
def test_ids_of_entities_and_sources_are_reserved(kind: Kind) -> None:
    assert ids.is_reserved(ids.entity_id(kind, "Jane Doe"))
    assert ids.is_reserved(ids.source_id("KCNA"))
    assert ids.is_reserved(ids.event_id(["claim"]))
    assert not ids.is_reserved(ids.article_id(**FIELDS))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (ids.article_id(**FIELDS), "article-23d6f401ab29b08d"),
        (ids.entity_id(Kind.PERSON, "Jane Doe"), "person/jane-doe"),
        (ids.claim_id("a1", "CONSULT", Span(3, 8)), "a1:CONSULT:3-8"),
        (ids.relation_claim_id("a1", "LEADS", "Q1", "Q2", Span(0, 9)), "a1:LEADS:0-9:6dd3b158"),
        (ids.statement_id("a1", Span(3, 8), Span(9, 13)), "a1:says:3-8:9"),
        (ids.statement_id("a1", Span(3, 8), None), "a1:says:3-8"),
        (ids.event_id(["b", "a"]), ids.event_id(["a"])),
        (ids.event_id(["a"]), "event/0929c3c72a73d919"),
        (ids.source_id("The Inland Courier"), "source/inland-courier"),
        (ids.edge_id("a", "LEADS", "b"), "e75ba01f76a6826ff4898f84"),
        (ids.edge_id("a", "LEADS", "b", None), ids.edge_id("a", "LEADS", "b")),
    ],
)
def test_ids_as_they_are_written(made: str, expected: str) -> None:
    assert made == expected


def test_an_edge_has_a_direction() -> None:
    assert ids.edge_id("a", "LEADS", "b") != ids.edge_id("b", "LEADS", "a")
    assert ids.edge_id("a", "LEADS", "b", "2012") != ids.edge_id("a", "LEADS", "b")
