"""The section of the calls: what is open now, and the archive by year."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cms.models import BasePage

from .call import CallPage
from .formdef import FormKind


class CallIndexPage(BasePage):
    """All calls: what is open now first, then what is over, by programme year and by the form they collect."""

    template = "forms_app/call_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["forms_app.CallPage"]
    page_size = 20  # calls that are over

    class Meta:
        verbose_name = _("申报栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the calls as the address filters them, and what can be filtered by; what names nothing is ignored."""
        calls = CallPage.objects.child_of(self).live()
        kept = set(calls.values_list("programme_year__year", "kind").distinct())
        years = sorted({year for year, _kind in kept}, reverse=True)
        kinds = [kind for kind in FormKind if kind in {kind for _year, kind in kept}]
        year = next((one for one in years if str(one) == request.GET.get("year")), None)
        kind = next((one for one in kinds if one == request.GET.get("kind")), None)
        if year:
            calls = calls.filter(programme_year__year=year)
        if kind:
            calls = calls.filter(kind=kind)
        now = timezone.now()
        over = calls.filter(closes_at__lt=now).select_related("programme_year")
        page = Paginator(over.order_by("-closes_at", "-pk"), self.page_size)
        page = page.get_page(request.GET.get("page"))
        return {
            **super().get_context(request, *args, **kwargs),
            "current": [call.card(now, request) for call in calls.not_over(now)],
            "over": [
                {
                    "title": call.title,
                    "url": call.get_url(request),
                    "date": call.closes_at,
                    "is_end": True,
                }
                for call in page
            ],
            "page_of_list": page,
            "years": years,
            "year": year,
            "kinds": kinds,
            "kind": kind,
        }
