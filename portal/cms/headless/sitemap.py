"""The sitemap: all public pages, and the public addresses that are no pages, which upper floors register."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.contrib.sitemaps import Sitemap

Addresses = Callable[[], Iterable[str]]
_registered: list[Addresses] = []


def register_addresses(ask: Addresses) -> Addresses:
    """Register public addresses beside the pages; a decorator.

    Args:
        ask: returns paths of this site.
    """
    _registered.append(ask)
    return ask


class PublicSitemap(Sitemap):
    """Pages as Wagtail names them, then the registered addresses under the same root."""

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls = super()._urls(page, protocol, domain)
        if str(page) != "1":
            return urls
        root = self.get_wagtail_site().root_url
        return urls + [{"location": f"{root}{path}"} for ask in _registered for path in ask()]
