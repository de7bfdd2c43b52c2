"""What the two forms in XML share: how a value stands in the file."""

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.schema import Type

# The types of GraphML and of GEXF, which call these alike.
KINDS = dict.fromkeys(Type, "string") | {Type.INTEGER: "long", Type.FLOAT: "double", Type.BOOLEAN: "boolean"}

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML 1.0 file may hold


def text(value: Any) -> str:
    """A value as XML text; a carriage return is escaped, because a reader would take it for a line feed."""
    return escape(_plain(value), {"\r": "&#13;"})


def quoted(value: Any) -> str:
    """A value as an attribute with its quotation marks."""
    return quoteattr(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _FORBIDDEN.sub("", "; ".join(value) if isinstance(value, list) else str(value))
