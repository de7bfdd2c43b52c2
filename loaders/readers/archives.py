"""Files in zip and gz files: each goes back to be read by its own kind, and none is ever written to disk."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import ReadError
from loaders.base import Item, Options, Part, Skipped, read_whole

MAX_MEMBERS = 100_000
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile)  # what zipfile raises
_ENCRYPTED = 0x1  # a bit of a member's flags


def read_zip(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:  # noqa: ARG001 - the parts get them
    """Each file in a zip file, in the order of their names and without what is hidden."""
    whole = stream if stream.seekable() else io.BytesIO(read_whole(stream))
    try:
        archive = zipfile.ZipFile(whole)
        members = archive.infolist()
    except _BROKEN as error:
        raise ReadError(f"the zip file is damaged ({error})") from error
    if len(members) > MAX_MEMBERS:
        raise ReadError(f"the zip file holds more than {MAX_MEMBERS:,} files")
    if "word/document.xml" in archive.namelist():
        whole.seek(0)
        yield Part(where=where, stream=whole, kind="docx")
        return
    files = sorted((one for one in members if not one.is_dir() and not _hidden(one.filename)), key=_name)
    if not files:
        raise ReadError("there is nothing in the zip file")
    for member in files:
        yield _member(archive, member, f"{where}!{member.filename}")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> Item:
    if member.flag_bits & _ENCRYPTED:
        return Skipped(where, "it is encrypted")
    try:
        return Part(where=where, stream=cast(BinaryIO, archive.open(member)), name=member.filename)
    except (*_BROKEN, NotImplementedError) as error:
        return Skipped(where, f"it is damaged or cannot be unpacked ({error})")


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename


def _hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in PurePosixPath(name).parts)


def read_gz(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:  # noqa: ARG001 - the part gets them
    """The file in a gz file."""
    name = PurePosixPath(where).name
    inner = name[:-3] if name.lower().endswith(".gz") else ""
    yield Part(where=where, stream=cast(BinaryIO, gzip.GzipFile(fileobj=stream)), name=inner)
