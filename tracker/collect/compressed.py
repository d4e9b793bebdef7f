"""Compressed files, read as they are unpacked: never more than is asked for, and never without end."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO, cast

from tracker.collect.rejected import UnreadableError

PACKED = {".gz", ".zst"}
MAX_RATIO = 300
"""Text packs to a tenth, a very dull table to a hundredth; what unpacks to more than this is made to do harm."""
FREE_BYTES = 64 * 1024 * 1024
"""So much may always come out, however little went in."""


def unpack(stream: BinaryIO, suffix: str) -> BinaryIO:
    """What is packed in `stream` as its `suffix` (.gz or .zst) says, as a stream that can be read once, forwards.

    Reading it raises `UnreadableError` where the data is damaged, or unpacks to very much more than it is.
    """
    counted = _Counted(stream)
    inner: Any
    if suffix == ".gz":
        inner = gzip.GzipFile(fileobj=cast(Any, counted))
    else:
        import zstandard

        decompressor = zstandard.ZstdDecompressor(max_window_size=2**27)
        inner = decompressor.stream_reader(cast(Any, counted), read_across_frames=True)
    return io.BufferedReader(_Bounded(inner, counted), 1 << 16)


def inflate(content: bytes, encoding: str, limit: int) -> bytes:
    """The body that an HTTP answer packed as `encoding`; at most `limit` bytes, else UnreadableError."""
    if encoding in ("", "identity"):
        return content
    if encoding not in ("gzip", "x-gzip", "deflate"):
        name = encoding if encoding.isalnum() else "something unknown"
        raise UnreadableError(f"its body is packed as {name}, which cannot be unpacked.")
    for window in (47, -15):  # with the header of gzip or zlib, or (as some servers do) without
        unpacker = zlib.decompressobj(window)
        try:
            unpacked = unpacker.decompress(content, limit + 1)
        except zlib.error:
            continue
        if len(unpacked) > limit:
            raise UnreadableError(f"its body unpacks to more than {limit} bytes.")
        if not unpacker.eof:
            break
        return unpacked
    raise UnreadableError("its body is packed, and damaged or cut off.")


class _Counted(io.RawIOBase):
    """A stream that counts what was taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        super().close()
        self._stream.close()

    def read(self, size: int | None = -1, /) -> bytes:
        content = self._stream.read(-1 if size is None else size)
        self.taken += len(content)
        return content


class _Bounded(io.RawIOBase):
    """The unpacked side, which gives up where too much comes out."""

    def __init__(self, stream: Any, counted: _Counted) -> None:
        self._stream = stream
        self._counted = counted
        self._given = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        super().close()
        self._counted.close()

    def readinto(self, buffer: Any, /) -> int:
        try:
            content = self._stream.read1(len(buffer))  # not more: what came before a damage is good
        except (EOFError, OSError, zlib.error):
            raise UnreadableError("its compressed data is damaged or cut off.") from None
        except Exception as error:
            if type(error).__name__ != "ZstdError":  # the package is imported only where it is needed
                raise
            raise UnreadableError("its compressed data is damaged or cut off.") from None
        self._given += len(content)
        if self._given > FREE_BYTES + MAX_RATIO * self._counted.taken:
            raise UnreadableError("it unpacks to a monstrous size; unpack it yourself if it is meant so.")
        buffer[: len(content)] = content
        return len(content)
