"""Every address of the workspaces, asked for with the keys of another unit: it is as if nothing were there."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from forms_app.models import Assignment, Entry, HalfUpload, Objection, Review
from forms_app.paper.code import paper_code
from forms_app.review.inviting import invite
from forms_app.review.reviewing import assign
from portal.messaging.models import Job
from portal.units.models import Role
from tests.factories.units import person_with
from tests.leaks.test_public import words_of
from tests.leaks.world import SECRETS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PLACES = ("my/", "review/", "admin/office/", "admin/projects/", "admin/midterm/")
# Addresses that name nothing of a unit: a person's own lists, or what anybody who is signed in may open.
OWN = {
    "workspace:due",
    "workspace:inbox",
    "workspace:read_all",
    "workspace:jobs",
    "forms_app:entries",
    "forms_app:start",
    "brands:projects",
    "review:index",
    "review:next",
    "review:overview",
    "profile",
    "profile_data",
}


def routes(resolver=None, prefix="", namespace=""):
    """Yield (route, name) of every address of the workspaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if route == "" or any(
                place.startswith(route) or route.startswith(place) for place in PLACES
            ):
                yield from routes(pattern, route, inside)
        elif isinstance(pattern, URLPattern) and route.startswith(PLACES):
            yield route, f"{namespace}{pattern.name}"


def addresses(world, keys):
    """Yield each address filled in with the unit's keys; a route that is new here has to be told whose it is."""
    both = [keys(entry) for entry in (world.draft, world.in_review)]
    for route, name in routes():
        if name in OWN:
            continue
        for filled in dict.fromkeys(filled_in(route, fitting) for fitting in both):
            assert "<" not in filled, f"say in this test whose {route} is"
            yield f"/{filled}", name


def filled_in(route, fitting):
    """Return a route with the keys of the last beginning that fits it; most routes name no entry, and are the same for both."""
    filled = route
    for begin, pairs in fitting.items():
        if route.startswith(begin):
            filled = route
            for key, value in pairs.items():
                filled = filled.replace(key, str(value))
    return filled


@pytest.fixture
def keys(world):
    """Return the keys that fit each route, the more exact beginning last."""
    given = assign(world.in_review, experts=[person_with(Role.EXPERT)], actor=world.cast.office)[0]
    objection = Objection.objects.create(
        entry=world.in_review, name="示例丁", contact="138", text="未公开的指导"
    )
    invitation, _code = invite(
        world.call,
        actor=world.cast.office,
        name="示例外",
        email="outside@example.com",
        institution="示例大学",
        until=timezone.localdate(),
    )
    number = {"<slug:number>": world.project.project_no}
    job = Job.objects.create(
        kind="entries_zip", title="未公开的指导", params={}, asked_by=world.cast.officer
    )
    half = HalfUpload.objects.create(
        entry=world.draft,
        field_key="plan_file",
        user=world.cast.officer,
        name="未公开的文件.pdf",
        size=10,
        heard_at=timezone.now(),
    )
    said = given.review
    said.for_unit, said.locked_at = "未公开的指导", timezone.now()
    said.save()
    form = {"<int:pk>": world.call.form_id, "<int:number>": 1}
    year = world.call.programme_year.year

    def fitting(entry):
        return {
            "my/entries/": {"<int:pk>": entry.pk, "<int:number>": 1},
            "my/jobs/": {"<int:pk>": job.pk},
            "my/paper/": {"<slug:code>": f"{entry.pk}-0-{paper_code(entry, None).code}"},
            "my/files/": {"<int:pk>": world.attachment.pk},
            "my/messages/": {"<int:pk>": world.message.pk},
            "my/uploads/": {"<slug:token>": half.token},
            "my/projects/": number,
            "my/projects/<slug:number>/changes/": {
                **number,
                "<int:pk>": world.change.pk,
                "<slug:kind>": world.change.kind,
            },
            "my/projects/<slug:number>/guidance/": {**number, "<int:pk>": world.note.pk},
            "my/projects/<slug:number>/activities/": {**number, "<int:pk>": world.activity.pk},
            "my/projects/<slug:number>/materials/": {**number, "<int:pk>": world.material.pk},
            "review/": {"<int:pk>": given.pk, "<str:token>": f"{invitation.pk}:forged"},
            "admin/office/calls/": {"<int:pk>": world.call.pk},
            "admin/office/entries/": {
                "<int:pk>": entry.pk,
                "<slug:action>": "pass_check",
                "<int:expert>": given.expert_id,
            },
            "admin/office/reviews/": {"<int:pk>": said.pk},
            "admin/office/invitations/": {"<int:pk>": invitation.pk},
            "admin/office/forms/": form,
            "admin/office/coverage/": {"<int:year>": year, "<int:pk>": 1},
            "admin/office/objections/": {"<int:pk>": objection.pk},
            "admin/office/reports/": {"<int:year>": year, "<slug:code>": "progress"},
            "admin/office/reports/units/": {"<slug:code>": world.unit.code},
            "admin/midterm/": {"<int:year>": year},
            "admin/projects/": number,
        }

    return fitting


def state_of(world):
    """Return what a successful act would have changed."""
    return (
        list(Entry.objects.order_by("pk").values_list("pk", "status", "save_count", "answers")),
        list(Assignment.objects.values_list("pk", flat=True)),
        list(Review.objects.values_list("locked_at", "saved_at", "held_back_by")),
        world.project.activities.count(),
        world.project.materials.count(),
        world.page.revisions.count(),
        list(world.project.guidance_notes.values_list("read_at", flat=True)),
        list(world.project.change_requests.values_list("status", flat=True)),
        type(world.project.midterm).objects.get().status,
    )


def test_every_address_is_asked_for(world, keys):
    asked = {name for _address, name in addresses(world, keys)}

    assert {"forms_app:edit", "brands:edit_page", "review:entry", "office:act"} <= asked
    assert len(asked) > 35


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing_and_changes_nothing(stranger, world, keys, method):
    before = state_of(world)
    for address, name in addresses(world, keys):
        answer = getattr(stranger, method)(address)
        words = words_of(answer)
        leads_away = (
            answer.status_code == 302
            and answer["Location"].startswith(("/accounts/login/", "/admin/login/"))
            or (
                answer.status_code == 302 and answer["Location"] == "/admin/"  # how the CMS refuses
            )
        )
        assert answer.status_code in (403, 404, 405) or leads_away, (address, answer.status_code)
        assert [secret for secret in SECRETS if secret in words] == [], (name, address)
    assert state_of(world) == before


def test_ones_own_lists_do_not_name_it(stranger, world):
    for address in (
        "/my/",
        "/my/entries/",
        "/my/projects/",
        "/my/messages/",
        "/my/profile/data/",
        f"/my/calls/{world.call.pk}/start/",
        f"/my/calls/{world.call.pk}/start/?unit={world.unit.code}",
        "/review/",
        "/review/next/",
        "/review/overview/",
        "/search/?q=未公开",
        "/api/v2/pages/?search=未公开",
        "/api/v2/pages/?type=brands.BrandPage&fields=*",
        "/feed/",
        "/feed/rss/",
    ):
        words = words_of(stranger.get(address, follow=True))
        assert [secret for secret in SECRETS if secret in words] == [], address


def test_nobody_starts_an_entry_of_another_unit(stranger, world):
    before = Entry.objects.count()
    answer = stranger.post(f"/my/calls/{world.call.pk}/start/", {"unit": world.unit.code})

    assert answer.status_code in (302, 404)
    assert Entry.objects.count() == before
