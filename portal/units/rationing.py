"""How often one address may ask for what costs the portal something, where nobody has signed in."""

from django.core.cache import cache
from django.http import HttpRequest

from .auditing import client_ip


def used_up(what: str, request: HttpRequest, *, at_most: int, within: int) -> bool:
    """Count a request; return whether its address has used up its share.

    Args:
        what: names the share; no two things have the same.
        at_most: how many one address may have; a whole campus may share one.
        within: for how many seconds, from the last one on.

    Side effects: a counter in the cache. Not with `incr`: a database cache counts on with its own, much shorter, time.
    """
    key = f"{what}:{client_ip(request)}"
    seen = cache.get(key, 0)
    cache.set(key, seen + 1, within)
    return seen >= at_most
