"""Several processes read as one does, whatever befalls them."""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.errors import KgError, LlmError, ModelError, RecordError
from kg.model import Article
from kg.resources import data_folder
from loaders.pipeline import Extractor
from loaders.pool import CHUNK, Load, Pool
from tests.loaders.mortal import Reader, refuse, vanish

MANY = 5 * CHUNK + 3


def articles(**texts: str) -> list[Article]:
    """Many articles, some of which have a text of their own."""
    return [Article(id=f"a{number}", text=texts.get(f"a{number}", "news")) for number in range(MANY)]


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    with Pool(partial(Reader, tmp_path), 3) as pool:
        yield pool


def test_all_come_back_in_order_from_several_processes(pool: Pool) -> None:
    found = list(pool.extract(articles()))
    assert [one.article for one in found] == articles()
    assert len({one.extractor for one in found}) > 1
    assert str(os.getpid()) not in {one.extractor for one in found}


def test_a_pool_can_be_used_again_and_reads_nothing_of_nothing(pool: Pool) -> None:
    assert list(pool.extract([])) == []
    assert [one.article for one in pool.extract(articles()[:1])] == articles()[:1]


def test_an_article_is_given_up_when_two_processes_died_on_it(pool: Pool) -> None:
    given = articles(a3="die", a20="die", a42="die")
    failed: dict[str, KgError] = {}
    found = list(pool.extract(given, lambda article, error: failed.update({article.id: error})))
    assert [one.article for one in found] == [article for article in given if article.text != "die"]
    assert list(failed) == ["a3", "a20", "a42"]
    assert all(isinstance(error, RecordError) for error in failed.values())
    assert failed["a3"].what == "the process that read it ended 2 times (status -9)"


def test_an_article_is_tried_again_when_its_process_dies(pool: Pool) -> None:
    given = articles(a0="die once", a9="die once", a10="die once", a42="die once")
    assert [one.article for one in pool.extract(given)] == given


def test_what_fails_is_told_in_its_turn_as_it_was(pool: Pool) -> None:
    order: list[str] = []
    errors: list[KgError] = []

    def failed(article: Article, error: KgError) -> None:
        order.append(article.id)
        errors.append(error)

    order.extend(one.article.id for one in pool.extract(articles(a2="fail"), failed))
    assert order == [article.id for article in articles()]
    assert [(type(error), str(error)) for error in errors] == [(LlmError, "here: no answer — try again")]


def test_what_nobody_hears_of_is_raised(pool: Pool) -> None:
    with pytest.raises(RecordError, match="ended 2 times"):
        list(pool.extract(articles(a1="die")))


@pytest.mark.parametrize(
    ("load", "error"),
    [(refuse, "model: there is none — look for it"), (vanish, "processes end while they load")],
    ids=["no model", "no process"],
)
def test_where_none_can_be_loaded_it_is_told(load: Load, error: str) -> None:
    with Pool(load, 2) as pool, pytest.raises(ModelError, match=error):
        list(pool.extract(articles()))


def test_no_process_outlives_its_pool(tmp_path: Path) -> None:
    with Pool(partial(Reader, tmp_path), 2) as pool:
        pids = {int(one.extractor) for one in pool.extract(articles())}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.slow
def test_records_are_those_of_one_process(extractor: Extractor) -> None:
    lines = (data_folder() / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    given = [Article(id=row["id"], text=row["text"]) for row in map(json.loads, lines[:20])]
    with Pool(Extractor.load, 2) as pool:
        assert list(pool.extract(given)) == list(extractor.extract(given))
