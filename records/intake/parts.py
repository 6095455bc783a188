"""Opens what was handed in, plain, gz, xz, folder or tar, without ever writing a file or trusting a name.

Members of an archive are read in memory one at a time and never extracted, so a name such as
../../etc/passwd is only a label. Everything read is bounded: a decompression bomb ends as a problem.
"""

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from records.intake.rows import Part, Problem

LARGEST_MEMBER = 256 * 1024 * 1024
"""Bytes of one member of an archive that are held in memory; the largest real one is about 4 MB."""

LARGEST_STREAM = 8 * 1024 * 1024 * 1024
"""Bytes that one file may unpack to: a country's register is half a gigabyte."""

_GZIP, _XZ, _BLOCK = b"\x1f\x8b", b"\xfd7zXZ\x00", 512


class TooLarge(OSError):
    """The input unpacks to more than this program is willing to read."""


READ_ERRORS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    RuntimeError,
)
"""Whatever a damaged, cut off, encrypted or unreadable file raises while it is read."""


class Bounded(io.RawIOBase):
    """A read-only stream that raises TooLarge after `limit` bytes and remembers how its input ended."""

    def __init__(self, stream: IO[bytes], limit: int = LARGEST_STREAM):
        self._stream, self._left, self.tail = stream, limit, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge("unpacks to more than this program reads")
        buffer[: len(data)] = data
        if data:
            self.tail = data[-2 * _BLOCK :]
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def unpacked(stream: IO[bytes], limit: int = LARGEST_STREAM) -> Bounded:
    """The stream behind a gz or xz, recognised by its first bytes and not its name, or the stream itself."""
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(_GZIP):
        return Bounded(gzip.GzipFile(fileobj=stream), limit)
    if head == _XZ:
        return Bounded(lzma.LZMAFile(stream), limit)
    return Bounded(stream, limit)


def opened(part: Part) -> io.BufferedReader:
    """The unpacked bytes of a part as a stream; raises one of READ_ERRORS."""
    if part.data is not None:
        return io.BufferedReader(unpacked(io.BytesIO(part.data), LARGEST_MEMBER))
    return io.BufferedReader(unpacked(part.path.open("rb")), 256 * 1024)


def reading[Found](part: Part, rows: Iterator[Found]) -> Iterator[Found | Problem]:
    """What `rows`, which have not begun, find in a part; the last is a problem where it cannot be read."""
    if part.problem:
        yield part.problem
        return
    try:
        yield from rows
    except READ_ERRORS as error:
        yield Problem.at(part.name, "", explained(error))


def streamed[Found](part: Part, rows: Callable[[IO[bytes], str], Iterator[Found]]) -> Iterator[Found]:
    """What `rows` find in the unpacked bytes of a part, of which they get the name; raises READ_ERRORS."""
    with opened(part) as stream:
        yield from rows(stream, part.name)


def parts(path: Path, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """The files to read in a file, a folder or a tar; `wanted` judges the names inside folders and tars.

    What cannot be opened comes as a part with a problem, never as an exception.
    """
    try:
        if path.is_dir():
            found = _of_folder(path, wanted)
        elif is_tar(path):
            found = _of_tar(path, wanted)
        else:
            found = iter([Part(path.name, path=path)])
        empty = True
        for part in found:
            empty = False
            yield part
        if empty:
            yield refused(
                path.name, "", "It holds no file of this format. Check that this is the right archive."
            )
    except READ_ERRORS as error:
        yield refused(path.name, "", explained(error))


def is_tar(path: Path) -> bool:
    """Whether the unpacked file begins with the header of a tar archive."""
    with io.BufferedReader(unpacked(path.open("rb"))) as stream:
        return stream.read(_BLOCK)[257:262] == b"ustar"


def refused(file: str, where: str, message: str) -> Part:
    """A part that carries only the reason why it could not be read."""
    return Part(file, problem=Problem.at(file, where, message))


def explained(error: Exception) -> str:
    """In plain words what a damaged input means and what to do about it."""
    match error:
        case FileNotFoundError():
            return "There is no such file. Check the path."
        case PermissionError():
            return "The file may not be read. Check its permissions."
        case TooLarge():
            return "The file unpacks to more than this program reads. Split it and import the pieces."
        case EOFError():
            return "The file is cut off: it ends before its compressed content does. Download it again."
        case tarfile.TarError():
            return f"The tar archive is damaged or cut off ({error}). Download it again."
        case RuntimeError() | NotImplementedError():
            return "The archive has a password or an unknown compression. Pack it again as a plain one."
        case _:
            return f"The file is damaged or cut off ({error}). Download it again."


def label(name: str) -> str:
    """A name from inside an archive, fit to be shown: the end of the path, without control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter if letter.isprintable() else "?" for letter in last)[:200] or "unnamed"


def _of_folder(path: Path, wanted: Callable[[str], bool]) -> Iterator[Part]:
    for file in sorted(path.rglob("*")):
        hidden = any(piece.startswith(".") for piece in file.relative_to(path).parts)
        if file.is_file() and not hidden and wanted(file.name):
            yield Part(label(file.name), path=file)


def _of_tar(path: Path, wanted: Callable[[str], bool]) -> Iterator[Part]:
    with Bounded(unpacked(path.open("rb"))) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            name = label(member.name)
            if member.isdir() or name.startswith(".") or not wanted(name):
                continue
            if not member.isreg():
                yield refused(name, path.name, "It is a link or a device, not a file. Pack the file itself.")
            elif member.size > LARGEST_MEMBER:
                yield refused(name, path.name, explained(TooLarge()))
            else:
                yield Part(name, data=archive.extractfile(member).read())
        # tarfile takes a missing end for the end: only the closing zeros tell that everything was there.
        while stream.read(1024 * 1024):
            pass
        if stream.tail.strip(b"\0") or len(stream.tail) < _BLOCK:
            raise tarfile.ReadError("the end is missing")
