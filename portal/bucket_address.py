"""The address of an S3-compatible bucket, as `STORAGE_URL` gives it: s3://key:secret@host:port/bucket?region=…&secure=1&style=path.

Read by the settings, so nothing of Django is imported here.
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

STYLES = ("path", "virtual")
_KNOWN = {"region", "secure", "style"}


def options_of(address: str) -> dict[str, Any]:
    """Return what `storages.backends.s3.S3Storage` is made with; nothing for an address in which something is wrong.

    A storage without a bucket refuses to work (`portal.cms.files.buckets`), and `problems_of` says what is wrong.
    """
    if problems_of(address):
        return {}
    parts, more = urlsplit(address), _more(address)
    scheme = "https" if more.get("secure", "1") == "1" else "http"
    host = parts.netloc.rpartition("@")[2]
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": f"{scheme}://{host}",
        "bucket_name": parts.path.strip("/"),
        "region_name": more.get("region", "us-east-1"),
        "addressing_style": more.get("style", "path"),
    }


def problems_of(address: str) -> list[str]:
    """Return what is wrong with an address, in English for who installs; it never repeats the secret."""
    try:
        parts = urlsplit(address)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        return ["is no address; write special characters in key and secret in percent form"]
    found = []
    if parts.scheme != "s3":
        found.append("has to begin with s3://")
    if not parts.username or not parts.password:
        found.append("names no key and secret (s3://key:secret@host/bucket)")
    if not parts.hostname or not port_is_good:
        found.append("names no host")
    bucket = parts.path.strip("/")
    if not bucket or "/" in bucket:
        found.append("has to name one bucket after the host (s3://key:secret@host/bucket)")
    more = _more(address)
    if unknown := sorted(more.keys() - _KNOWN):
        found.append(f"holds {', '.join(unknown)}, but only region, secure and style are known")
    if more.get("secure", "1") not in ("0", "1"):
        found.append("has to say secure=1 (https, the default) or secure=0")
    if more.get("style", "path") not in STYLES:
        found.append("has to say style=path (the default) or style=virtual")
    return found


def _more(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
