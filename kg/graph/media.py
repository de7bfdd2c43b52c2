"""Which news outlets speak for a state: the gazetteer's list, and outlets that are called "state media"."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache

from kg.names import normal
from kg.resources import data_folder

# "Iranian state television", "the state-run news agency"; the entity's own country says which state.
_CALLED_SO = re.compile(
    r"\bstate (run |owned |controlled )?(media|tv|television|radio|broadcaster|news agency|newspaper)$"
)


def state_behind(names: Iterable[str], country: str | None = None) -> str | None:
    """The alpha-3 code of the state that directs an outlet with one of these names, or None."""
    forms = [normal(name) for name in names]
    listed = (_outlets()[form] for form in forms if form in _outlets())
    called = (country for form in forms if _CALLED_SO.search(form))
    return next(listed, None) or next(called, None)


@cache
def _outlets() -> Mapping[str, str]:
    """Normal form of an outlet's name → its state's code."""
    content = tomllib.loads((data_folder() / "gazetteer" / "state_media.toml").read_text(encoding="utf-8"))
    return {normal(name): state for state, names in content.items() for name in names}
