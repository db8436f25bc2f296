"""What is made of brand pages by the clock."""

from celery import shared_task

from portal.cms.models import Picture

from .models import BrandPage
from .pictures import CARD, copies_of, scaled

AT_ONCE = 40  # copies in one run; a copy takes about 50 ms


@shared_task
def make_covers_ready() -> None:
    """Make the sizes of public covers before a reader asks for them; what is made already is left alone."""
    covers = BrandPage.objects.live().filter(cover__isnull=False).order_by().values("cover")
    for spec in copies_of(CARD):
        lacking = Picture.objects.filter(pk__in=covers).exclude(renditions__filter_spec=spec)
        for picture in lacking.order_by("-pk")[: AT_ONCE // 4]:
            scaled(picture, spec)
