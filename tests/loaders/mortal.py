"""A reader for tests of processes: it starts at once, and dies where an article says so."""

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import LlmError, ModelError
from kg.model import Article, Extraction
from loaders.pool import Failed


class Reader:
    """Finds nothing, but does what an article's text says; `folder` remembers over the death of a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def extract(self, articles: Iterable[Article], failed: Failed | None = None) -> Iterator[Extraction]:
        for article in articles:
            tried = self.folder / article.id
            if article.text == "die" or (article.text == "die once" and not tried.exists()):
                tried.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if article.text == "fail" and failed:
                failed(article, LlmError("no answer", where="here", hint="try again"))
            else:
                yield Extraction(article=article, extractor=str(os.getpid()))


def refuse() -> Reader:
    raise ModelError("there is none", where="model", hint="look for it")


def vanish() -> Reader:
    os._exit(9)
