"""What is made of brand pages by the clock, and who is told what by it."""

from celery import shared_task

from portal.cms.files.media import shown
from portal.cms.models import Picture

from . import telling
from .models import BrandPage
from .pictures import CARD, COVER, LARGE, PRINT, TILE, copies_of, scaled

AT_ONCE = 40  # copies in one run; a copy takes about 50 ms


@shared_task
def make_pictures_ready() -> None:
    """Make the sizes of public brand pages' pictures before a reader asks for them, covers first; at most AT_ONCE."""
    covers = BrandPage.objects.live().filter(cover__isnull=False).order_by().values("cover")
    left = AT_ONCE
    told = shown(Picture, BrandPage)
    for keys, specs in (
        (covers, (*copies_of(CARD), *copies_of(COVER))),
        (told, (*copies_of(LARGE), *copies_of(TILE), PRINT)),
    ):
        for spec in specs:
            lacking = Picture.objects.filter(pk__in=keys).exclude(renditions__filter_spec=spec)
            for picture in lacking.order_by("-pk")[:left]:
                scaled(picture, spec)
                left -= 1
            if left <= 0:
                return


@shared_task
def tell_of_summaries() -> None:
    """Tell units that the summaries of their projects are collected from now on."""
    telling.tell_of_summaries()
