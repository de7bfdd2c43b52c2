"""Mails (EML) and mailboxes (MBOX): the body of a message, with its date, sender and subject."""

import io
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from kg.errors import ReadError
from loaders.base import MAX_BYTES, Item, Metadata, Noted, Options, Part, Skipped, make_article, read_whole
from loaders.encodings import decode
from loaders.rows import read_day

_BOM = b"\xef\xbb\xbf"  # makes sure that no other encoding is guessed
_STUB = 200  # characters; a shorter plain text beside HTML only says that there is HTML
_BOUNDARY = re.compile(rb"From \S+ .*\d{4}\s*$")  # a line that begins a message in a mailbox (RFC 4155)


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The body of one message: its plain text, or its HTML where that is the better part."""
    message = BytesParser(policy=policy.default).parsebytes(read_whole(stream))
    if not message.keys():
        raise ReadError("it is no mail: it has no headers")
    metadata = options.metadata.over(_metadata(message))
    plain, html = (_text(message, kind) for kind in ("plain", "html"))
    for _, note in (plain, html):
        if note:
            yield Noted(where, note)
    if html[0].strip() and len(plain[0].strip()) < _STUB:
        yield Part(
            where=where,
            stream=io.BytesIO(_BOM + html[0].encode("utf-8", "replace")),
            kind="fragment",
            metadata=metadata,
        )
    elif plain[0].strip():
        yield make_article(where=where, text=plain[0], metadata=metadata, options=options)
    else:
        yield Skipped(where, "the mail has no text")
    names = [str(name) for part in message.iter_attachments() if (name := part.get_filename())]
    if names:
        yield Noted(where, f"what is attached is not read: {', '.join(names)}")


def _text(message: EmailMessage, kind: str) -> tuple[str, str | None]:
    """The text of the first body of a kind, and what to tell of its encoding."""
    part = message.get_body((kind,))
    content = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(content, bytes):
        return "", None
    text, note = decode(content.replace(b"\0", b""), part.get_content_charset())
    return text, note


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message.get("from", "")))
    return Metadata(
        published=read_day(str(message.get("date", ""))),
        source=name or address.rpartition("@")[2] or None,
        title=" ".join(str(message.get("subject", "")).split()) or None,
        url=str(message.get("archived-at", "")).strip(" <>") or None,
        language=str(message.get("content-language", "")).split(",")[0].strip() or None,
    )


def read_box(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:  # noqa: ARG001 - the parts get them
    """Each message of a mailbox."""
    number = 0
    for number, data in enumerate(_messages(stream), start=1):
        place = f"{where}#{number}"
        if len(data) > MAX_BYTES:
            yield Skipped(place, f"it has more than {MAX_BYTES:,} bytes in one piece")
        else:
            yield Part(where=place, stream=io.BytesIO(data), kind="eml")
    if not number:
        raise ReadError("it is no mailbox: no line begins a message with From")


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each message, not many more than may be read in one piece."""
    message: list[bytes] | None = None
    size, blank = 0, True
    while line := stream.readline(MAX_BYTES):
        if blank and _BOUNDARY.match(line):
            if message is not None:
                yield b"".join(message)
            message, size = [], 0
        elif message is not None and size <= MAX_BYTES:
            message.append(line)
            size += len(line)
        blank = not line.strip()
    if message is not None:
        yield b"".join(message)
