"""What the demo holds that `make run` has loaded, and that it harms nothing.

The tests look at a copy of its database, as it was before anybody signed in.
"""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from brands.demo.people import PASSWORD
from brands.models import Award, BrandPage, Project
from forms_app.entries.filling import problems, progress
from forms_app.models import CallPage, Entry, EntryStatus, FormKind
from portal.cms.models import NoticePage, PolicyPage
from portal.cms.moderation import turns
from portal.messaging.models import Channel, Message
from portal.units.models import Unit, User
from portal.workspace.due import due_for
from tests.crawling import answers_to
from tests.database import filled_from

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]

ACCOUNTS = (
    "office",
    "reviewer1",
    "reviewer2",
    "reviewer3",
    *(f"expert{number}" for number in range(1, 8)),
    "officer",
    "chair",
    "party",
    "officer2",
    "chair2",
    "party2",
    "officer3",
    "chair3",
    "party3",
    "officer4",
    "chair4",
    "party4",
    "auditor",
    "admin",
)
PRIVATE = ("phone", "email", "staff_no")
PRIVATE_ANSWERS = (
    "leader_phone",
    "leader_email",
    "leader_staff_no",
    "contact_name",
    "contact_phone",
)
# Entries of which the public knows nothing.
UNTOLD = (
    EntryStatus.DRAFT,
    EntryStatus.SUBMITTED,
    EntryStatus.IN_REVIEW,
    EntryStatus.RETURNED,
    EntryStatus.WITHDRAWN,
    EntryStatus.REJECTED,
)
REVIEWERS = ("reviewer1", "reviewer2", "reviewer3")
HAS_A_TURN = (
    "office",
    *(f"expert{number}" for number in range(1, 8)),
    "officer",
    "chair",
    "party",
    "officer2",
    "officer3",
    "officer4",
)


@pytest.fixture(scope="module", autouse=True)
def demo(portal, django_db_setup):
    """The test's own database is a copy of the portal's."""
    with filled_from(portal.as_loaded):
        yield


@pytest.fixture(autouse=True)
def files_of_the_demo(portal, settings):
    settings.MEDIA_ROOT = portal.folder / "media"
    settings.PRIVATE_ROOT = portal.folder / "var" / "private"


def test_the_years_are_told():
    today = timezone.localdate()
    by_year = [
        Project.objects.filter(programme_year__year=today.year - ago).count() for ago in (2, 1, 0)
    ]
    assert by_year == [18, 19, 7]
    assert Unit.objects.count() == 32
    assert Unit.objects.disciplinary().count() == 17
    assert set(Project.objects.values_list("category__code", flat=True)) >= {"lead", "various"}
    assert Award.objects.count() == 33
    assert {entry.status for entry in Entry.objects.filter(kind=FormKind.APPLICATION)} == {
        *EntryStatus
    } - {EntryStatus.EVALUATED}
    assert Project.objects.filter(status="failed").count() == 1
    call = CallPage.objects.get(kind=FormKind.APPLICATION, programme_year__year=today.year)
    assert call.is_open
    assert (timezone.localdate(call.closes_at) - today).days == 9
    assert NoticePage.objects.live().count() >= 14
    assert PolicyPage.objects.live().count() == 3
    [repealed] = PolicyPage.objects.live().exclude(replaced_by=None)
    assert (repealed.validity, repealed.replaced_by.live) == ("repealed", True)
    assert repealed.original.filename.endswith(".docx")
    assert (
        BrandPage.objects.live().count() >= 34
    )  # of 36: two of last year wait for the unit or the reviewers
    stages = [turns.state_of(page).stage for page in BrandPage.objects.filter(live=False)]
    assert {"first", "second", "final"} <= set(stages)
    assert any(turns.state_of(page).returned_reason for page in BrandPage.objects.all())


def test_everything_sent_keeps_to_the_form():
    for entry in Entry.objects.exclude(status=EntryStatus.DRAFT).prefetch_related("attachments"):
        assert problems(entry) == [], entry
        if entry.kind == FormKind.APPLICATION:
            assert entry.answers["unit"] == entry.unit.name
            assert entry.answers["amount_total"]
    draft = Entry.objects.get(status=EntryStatus.DRAFT)
    assert 55 <= progress(draft).percent <= 85


def test_people_are_invented_and_find_their_work():
    for person in User.objects.all():
        assert re.fullmatch(r"示例·\S{2,7}", person.name)
        assert person.email.endswith("@example.edu")
    for entry in Entry.objects.all():
        assert entry.answers["leader_name"].startswith("示例·")
    for username in ACCOUNTS:
        assert Client().login(username=username, password=PASSWORD), username
        assert not User.objects.get(username=username).must_change_password
    for username in HAS_A_TURN:
        due = due_for(User.objects.get(username=username))
        assert any(not item.waiting_for for item in due), username
    for username in REVIEWERS:
        assert turns.waiting_for(User.objects.get(username=username)), username


def test_public_pages_can_be_read(client):
    for path in ("/", "/brands/", "/notices/", "/policies/", "/calls/"):
        assert client.get(path).status_code == 200, path
    for page in BrandPage.objects.live()[:6]:
        assert client.get(page.url).status_code == 200


def test_every_public_link_leads_somewhere_and_tells_nothing_private(client):
    public = Page.objects.live().filter(depth__gt=1)
    told = set(public.values_list("title", flat=True)) | set(
        Project.objects.values_list("title", flat=True)
    )
    secrets = {
        *(getattr(one, name) for one in User.objects.all() for name in PRIVATE),
        *(entry.answers.get(key) for entry in Entry.objects.all() for key in PRIVATE_ANSWERS),
        *(page.draft_title for page in Page.objects.filter(live=False)),
        *(entry.title for entry in Entry.objects.filter(status__in=UNTOLD)),
    } - {None, "", *told}
    assert len(secrets) > 200
    # The API's lists name their first twenty pages only.
    of_api = [f"/api/v2/pages/{key}/" for key in public.values_list("pk", flat=True)]

    reached, leaks = {}, {}
    for address, status, words in answers_to(client, *of_api):
        reached[address] = status
        if found := [secret for secret in secrets if secret in words]:
            leaks[address] = found

    del reached["/health/ready"]  # no worker looks at the copy
    assert {page.url for page in public} <= set(reached)
    assert {address: status for address, status in reached.items() if status >= 400} == {}
    assert leaks == {}


def test_nobody_is_mailed_about_the_past():
    assert not Message.objects.filter(channel=Channel.EMAIL).exists()


def test_loading_again_changes_nothing():
    before = (Entry.objects.count(), Message.objects.count(), User.objects.count())
    out = StringIO()
    call_command("load_demo", stdout=out)

    assert "没有要做的" in out.getvalue()
    assert (Entry.objects.count(), Message.objects.count(), User.objects.count()) == before
