"""What the sitemap names beside the brand pages: the calendar, the years at a glance, the award lists, the units."""

from collections.abc import Iterator

from django.urls import reverse

from portal.cms.headless.sitemap import register_addresses

from .award_list import years_with_awards
from .figures import years_with_brands
from .showing import public_pages


@register_addresses
def overviews() -> Iterator[str]:
    """Yield the addresses of the overviews that show something (three queries)."""
    yield reverse("brands:calendar")
    for year in years_with_brands():
        yield reverse("brands:year", args=[year])
    for year in years_with_awards():
        yield reverse("brands:awards", args=[year])
    codes = public_pages().order_by("project__unit__order", "project__unit__code")
    for code in dict.fromkeys(codes.values_list("project__unit__code", flat=True)):
        yield reverse("brands:unit", args=[code])
