"""What Wagtail says in Chinese of its own is corrected where a union office would stumble over it."""

from datetime import timedelta
from gettext import GNUTranslations
from pathlib import Path

import pytest
import wagtail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple

from portal.cms.models import NoticeIndexPage

CATALOGUES = sorted(Path(wagtail.__file__).parent.glob("**/locale/zh_Hans/LC_MESSAGES/django.mo"))


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "刚刚"), (3, "3天前"), (17, "2周前"), (320, "10个月前"), (620, "1年前")],
)
def test_how_long_ago_something_was_is_told_as_people_say_it(days, said):
    assert timesince_simple(timezone.now() - timedelta(days=days)) == said


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_nobody_is_addressed_as_a_mate(catalogue):
    with catalogue.open("rb") as file:
        words = GNUTranslations(file)._catalog

    assert [
        key for key, text in words.items() if isinstance(key, str) and key and "你" in gettext(key)
    ] == []


def test_an_empty_title_shows_that_it_is_one(client, office):
    client.force_login(office)
    index = NoticeIndexPage.objects.get()

    screen = client.get(reverse("wagtailadmin_pages:add", args=["cms", "noticepage", index.pk]))

    assert 'class="w-panel title"' not in screen.text
    assert 'id="id_title-label"' in screen.text
