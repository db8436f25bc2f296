"""Links from a text to other pages: they lead to what the public may read, and name nothing else."""

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .searching import public_pages


class PublicPageLink(PageLinkHandler):
    """A link to a page; words without a link while that page is a draft, taken down or restricted."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        """Return the pages that a text links to, None for what is not public (one query for all)."""
        keys = [attributes.get("id", "") for attributes in attrs_list]
        found = public_pages().in_bulk([int(key) for key in keys if key.isdecimal()])
        return [found.get(int(key)) if key.isdecimal() else None for key in keys]
