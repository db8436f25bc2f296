"""What people open every day asks the database as often for many rows as for few: the office, an expert, a unit's officer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.cultivation import cultivating
from brands.models import ProjectStatus
from forms_app.models import EntryStatus
from portal.cms.moderation import doors
from portal.units.models import Role
from tests.factories.forms import CallFactory, Cast, entry_in
from tests.factories.projects import (
    activity_of,
    award_level,
    carried_to,
    project_in,
    quick_call,
    sent_page,
)
from tests.factories.units import UnitFactory, person_with

pytestmark = pytest.mark.django_db
REGISTERS = ("brands_project", "brands_activity", "brands_disbursement", "brands_award")
REGISTERS += ("register_entries", "register_messages")
CALL_PAGES = ("call", "queue", "merit", "scores", "experts")
MOST = 50  # queries of any of these pages; some fifteen are the frame of the CMS


def asked(client, address):
    """Return how often the second of two requests asks."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def compared(addresses_of, grow):
    """Ask each address with few rows, let them grow, ask again: {address: (few, many)} where it differs or is too much."""
    few = {address: asked(client, address) for client, address in addresses_of}
    grow()
    many = {address: asked(client, address) for client, address in addresses_of}
    return {
        address: (few[address], many[address])
        for address in few
        if many[address] != few[address] or many[address] > MOST
    }


def test_the_pages_of_a_call_for_the_office_and_an_expert():
    call = CallFactory(needs_chair=False, needs_party=False)
    first = entry_in(EntryStatus.IN_REVIEW, call=call)
    entry_in(EntryStatus.SUBMITTED, call=call)
    office, expert = signed_in(Cast(first.unit).office), signed_in(Cast(first.unit).expert)
    addresses = [
        (office, reverse("wagtailadmin_home")),
        (office, reverse("office:calls")),
        (office, reverse("office:objections")),
        (office, reverse("office:entry", args=[first.pk])),
        *((office, reverse(f"office:{name}", args=[call.pk])) for name in CALL_PAGES),
        (expert, reverse("review:index")),
        (expert, reverse("review:overview")),
    ]

    def grow():
        for status in (EntryStatus.IN_REVIEW, EntryStatus.IN_REVIEW, EntryStatus.SUBMITTED):
            entry_in(status, call=call)

    assert compared(addresses, grow) == {}


def test_whose_turn_it_is_costs_the_office_as_much_for_many_pages_under_review():
    first, *_others = [
        person_with(role) for role in (Role.FIRST_REVIEW, Role.FIRST_REVIEW, Role.SECOND_REVIEW)
    ]
    call = quick_call()
    sent_page(project_in(call=call))
    addresses = [(signed_in(person_with(Role.SCHOOL_UNION)), reverse("wagtailadmin_home"))]

    def grow():
        for _n in range(3):
            page = sent_page(project_in(call=call))
        doors.approve(page.current_workflow_task_state, actor=first)
        person_with(Role.FIRST_REVIEW)

    assert compared(addresses, grow) == {}


def test_the_registers_of_the_office():
    def awarded():
        project = project_in()
        activity_of(project)
        project = carried_to(ProjectStatus.ACCEPTED, project)
        level = award_level(project.programme_year)
        cultivating.give_award(project, actor=Cast(project.unit).office, level=level)
        return project

    office = signed_in(Cast(awarded().unit).office)
    addresses = [(office, reverse(f"{name}_modeladmin_index")) for name in REGISTERS]

    assert compared(addresses, lambda: (awarded(), awarded())) == {}


def test_the_lists_of_an_officer():
    unit = UnitFactory()
    officer = signed_in(Cast(unit).officer)
    entry_in(EntryStatus.RETURNED, unit=unit, call=quick_call(limit_per_unit=9))
    addresses = [
        (officer, reverse(name))
        for name in ("workspace:due", "workspace:inbox", "forms_app:entries", "brands:projects")
    ]

    def grow():
        for _number in range(2):
            entry_in(EntryStatus.RETURNED, unit=unit, call=quick_call(limit_per_unit=9))

    assert compared(addresses, grow) == {}


def test_the_list_of_calls():
    entry = entry_in(EntryStatus.SUBMITTED)
    addresses = [(signed_in(Cast(entry.unit).office), reverse("office:calls"))]

    def grow():
        for _number in range(2):
            entry_in(EntryStatus.SUBMITTED, call=CallFactory())

    assert compared(addresses, grow) == {}
