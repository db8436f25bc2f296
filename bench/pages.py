"""The pages of every day with 60 units, 1,000 entries in one call and 1,000 public brands: the public's, a unit's, an expert's, the office's."""

from urllib.parse import urlsplit

from django.test import Client, override_settings
from django.urls import reverse

from bench import Figure, crowd
from bench.bulk import index_all
from bench.measuring import cost_of
from brands.models import BrandPage, Project
from forms_app.models import Entry, ProgrammeYear
from forms_app.review.reviewing import assigned_to
from portal.cms.models import NoticePage
from portal.units.models import User

ENTRIES, BRANDS = 1000, 1000
ROUNDS = 5
SLOW = 300  # ms of the processor
# Printed and signed, or saved as a file: all rows at once, and a call has forty in life.
WHOLE = ("/merit/", "/scores/", "/queue.xlsx")
SLOW_WHOLE = 5 * ENTRIES  # ms: five for each entry
EXPLORER = "/admin/pages/"  # Wagtail's own list asks for each of its fifty rows where it stands
SLOW_EXPLORER = 400  # ms


def run():
    """Measure each page: the median of five requests in ms of the processor; beside it the first one, its queries, its size."""
    call = crowd.call_of(ProgrammeYear.current(), entries=ENTRIES, reviewed=True)
    crowd.brands(BRANDS)
    index_all()
    # What the page cache saves is measured by itself.
    with override_settings(PAGE_CACHE=False):
        for name, addresses in _addresses(call).items():
            client = Client()
            if name:
                client.force_login(User.objects.get(username=name))
            for address in addresses:
                yield _figure(client, name or "public", address)


def _figure(client, who, address):
    cost = cost_of(client, address, ROUNDS)
    note = f"first {cost.first:.0f} ms, {cost.queries} queries, {cost.size / 1000:.0f} KB"
    return Figure(f"{who} {address}", cost.median, "ms", limit=_limit(address), note=note)


def _limit(address):
    if address.endswith(WHOLE):
        return SLOW_WHOLE
    return SLOW_EXPLORER if address.startswith(EXPLORER) else SLOW


def _addresses(call):
    return {
        "": _of_the_public(),
        "officer": _of_a_unit(),
        "expert1": _of_an_expert(call),
        "office": [*_of_the_office(call), *_registers()],
        "reviewer1": ["/admin/"],
    }


def _of_the_public():
    page = BrandPage.objects.live().order_by("pk").last()
    told = BrandPage.objects.live().order_by("pk").first()
    year = page.project.programme_year.year
    return [
        "/",
        "/brands/",
        "/brands/?page=20",
        "/brands/?q=示例",
        *(urlsplit(one.get_url()).path for one in (page, told)),
        f"/brands/years/{year}/",
        f"/brands/units/{page.project.unit.code}/",
        "/brands/calendar/",
        "/notices/",
        "/policies/",
        "/calls/",
        "/feed/",
        "/sitemap.xml",
        "/api/v2/pages/",
        "/api/v2/pages/?type=brands.BrandPage&fields=*",
        f"/api/v2/pages/{page.pk}/",
    ]


def _of_a_unit():
    officer = User.objects.get(username="officer")
    draft = Entry.objects.filter(
        unit__memberships__user=officer, status="draft", kind="application"
    ).first()
    project = Project.objects.filter(unit__memberships__user=officer).first()
    return [
        reverse("workspace:due"),
        reverse("workspace:inbox"),
        reverse("forms_app:entries"),
        reverse("forms_app:edit", args=[draft.pk]),
        reverse("brands:projects"),
        project.my_path,
        reverse("brands:edit_page", args=[project.project_no]),
    ]


def _of_an_expert(call):
    given = assigned_to(User.objects.get(username="expert1")).filter(entry__call=call)
    return [
        reverse("review:index"),
        reverse("review:overview"),
        reverse("review:entry", args=[given.filter(entry__status="in_review").first().pk]),
    ]


def _of_the_office(call):
    entries = {one.status: one for one in call.entries.order_by("-pk")}
    project = Project.objects.order_by("pk").first()
    return [
        "/admin/",
        reverse("office:calls"),
        *(
            reverse(f"office:{name}", args=[call.pk])
            for name in ("call", "queue", "board", "merit", "scores", "experts", "queue_xlsx")
        ),
        reverse("office:coverage", args=[call.programme_year.year]),
        *(reverse("office:entry", args=[one.pk]) for one in entries.values()),
        reverse("office:trail", args=[entries["deciding"].pk]),
        reverse("office:objections"),
        project.office_path,
    ]


def _registers():
    lists = ("brands_project", "brands_activity", "brands_disbursement", "brands_award")
    lists += ("register_entries", "register_messages", "units_unit", "units_membership")
    lists += ("units_person", "units_auditrecord")
    notice = NoticePage.objects.first()
    return [
        *(reverse(f"{name}_modeladmin_index") for name in lists),
        reverse("wagtailadmin_explore", args=[notice.get_parent().pk]),
        reverse("wagtailadmin_explore", args=[BrandPage.objects.first().get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[notice.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
    ]
