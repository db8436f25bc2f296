import pytest
from django.urls import reverse

from forms_app.models import EntryStatus as S
from tests.factories.forms import entry_in


@pytest.mark.parametrize("status", [s for s in S if s not in ("evaluated",)])
def test_entry(status, call, unit, office, as_):
    entry = entry_in(status, call=call, unit=unit)
    c = as_(office)
    for url in (
        reverse("office:entry", args=[entry.pk]),
        reverse("office:call", args=[call.pk]),
        reverse("office:queue", args=[call.pk]),
        reverse("office:merit", args=[call.pk]),
        reverse("office:calls"),
        reverse("office:objections"),
        "/admin/",
        reverse("office:queue_xlsx", args=[call.pk]),
        "/admin/register/entries/",
        "/admin/register/messages/",
        "/admin/programmeyear/",
        "/admin/rubric/",
        "/admin/rubric/edit/1/",
    ):
        r = c.get(url)
        assert r.status_code == 200, url
