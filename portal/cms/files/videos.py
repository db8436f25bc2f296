"""MP4 boxes: where phones write the place a video was taken at, and how to blank it without moving a byte."""

import struct
from collections.abc import Iterator
from typing import IO

# Boxes that only tell about the video: user data (with Android's ©xyz) and metadata (with Apple's location keys).
_TELLING = frozenset({b"udta", b"meta", b"uuid"})
_CONTAINERS = frozenset({b"moov", b"trak"})
_BLOCK = 64 * 1024


def blank_metadata(video: IO[bytes]) -> None:
    """Turn the metadata boxes of an MP4 file into free space, in place; sizes and offsets stay.

    Args:
        video: a writable binary file.

    Raises:
        ValueError: the boxes do not fit into each other, or there is no film in the file.
    """
    video.seek(0, 2)
    end = video.tell()
    if b"moov" not in [kind for kind, *_place in _boxes(video, 0, end)]:
        raise ValueError("no moov box")
    _blank(video, 0, end)


def _blank(video: IO[bytes], start: int, end: int) -> None:
    for kind, header, body, stop in list(_boxes(video, start, end)):
        if kind in _TELLING:
            video.seek(header + 4)
            video.write(b"free")
            video.seek(body)
            for left in range(stop - body, 0, -_BLOCK):
                video.write(bytes(min(_BLOCK, left)))
        elif kind in _CONTAINERS:
            _blank(video, body, stop)


def _boxes(video: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield (kind, start of the header, start of the body, end) of every box between two offsets."""
    while start < end:
        video.seek(start)
        head = video.read(8)
        if len(head) < 8:
            raise ValueError("box header cut off")
        size, kind = struct.unpack(">I4s", head)
        body = start + 8
        if size == 1:
            size, body = struct.unpack(">Q", video.read(8).ljust(8, b"\0"))[0], start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise ValueError("box larger than its place")
        yield kind, start, body, start + size
        start += size
