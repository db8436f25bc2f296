"""Answering with a part of a file, as players of films ask for it (RFC 9110, section 14): one range, or the whole."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

BLOCK = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def file_or_part(
    request: HttpRequest, file: IO[bytes], size: int, content_type: str, etag: str
) -> HttpResponse | StreamingHttpResponse:
    """Return the whole file (200), the part that was asked for (206), or 416 where the file has no such part.

    Args:
        request: its Range header may name one range of bytes; several ranges or another unit answer the whole.
        file: the open file; the answer closes it.
        size: its length in bytes.
        content_type: its MIME type.
        etag: the file's, in quotes; a part is not added to another version of the file (If-Range).
    """
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        whole: HttpResponse | StreamingHttpResponse = FileResponse(file, content_type=content_type)
        whole["Content-Length"] = str(size)
    elif (part := _part(*asked.groups(), size)) is None:
        file.close()
        whole = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = part
        whole = StreamingHttpResponse(
            _blocks(file, first, last), status=206, content_type=content_type
        )
        whole["Content-Range"] = f"bytes {first}-{last}/{size}"
        whole["Content-Length"] = str(last - first + 1)
    whole["Accept-Ranges"] = "bytes"
    whole["ETag"] = etag
    return whole


def _part(first: str, last: str, size: int) -> tuple[int, int] | None:
    if not first:  # the last so many bytes
        begin, end = max(size - int(last), 0), size - 1
    else:
        begin, end = int(first), min(int(last or size), size - 1)
    return (begin, end) if begin <= end else None


def _blocks(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
