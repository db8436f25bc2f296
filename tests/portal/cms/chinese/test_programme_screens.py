"""The screens by which the office runs the year speak Chinese: calls, entries, projects, registers, settings."""

import pytest
from django.urls import reverse
from wagtail_modeladmin.options import ModelAdmin

from brands import admin as brands_admin
from forms_app.admin.registers import EntryRegister
from forms_app.admin.settings import SettingsGroup
from forms_app.decision.noticing import object_to
from forms_app.models import (
    CalendarDay,
    Extension,
    FormDefinition,
    Objection,
    ProgrammeYear,
)
from portal.messaging.register import MessageRegister
from portal.units import admin as units_admin
from portal.units.auditing import record
from portal.units.models import Unit, User
from tests.factories.forms import CallFactory, entry_in
from tests.factories.projects import project_in
from tests.portal.cms.chinese.english import english_left

pytestmark = pytest.mark.once

REGISTERS: tuple[type[ModelAdmin], ...] = (
    units_admin.UnitRegister,
    units_admin.MembershipRegister,
    units_admin.PersonRegister,
    units_admin.AuditRegister,
    EntryRegister,
    brands_admin.ProjectRegister,
    brands_admin.ActivityRegister,
    brands_admin.DisbursementRegister,
    brands_admin.AwardRegister,
    brands_admin.AwardLevelRegister,
    MessageRegister,
)
ADDED_BY_HAND = (
    units_admin.UnitRegister,
    units_admin.MembershipRegister,
    units_admin.PersonRegister,
    brands_admin.DisbursementRegister,
    brands_admin.AwardLevelRegister,
)


@pytest.fixture
def year_under_way(db):
    """Something in every register and on every screen."""
    project = project_in("awarded")
    project.disbursements.create(amount=4000, recorded_by=User.objects.first(), note="首期")
    record("sign_in", person=User.objects.first())
    call = CallFactory(title="关于申报示例项目的通知", experts_per_entry=2)
    entries = {
        status: entry_in(status, call=call)
        for status in ("submitted", "in_review", "deciding", "returned", "in_notice", "rejected")
    }
    object_to(entries["in_notice"], name="示例甲", contact="13800000000", text="金额有误")
    CalendarDay.objects.create(date="2026-10-01", kind="off", name="国庆节")
    Extension.objects.create(
        call=call, unit=Unit.objects.first(), until=call.closes_at, reason="停电"
    )
    return {"project": project, "call": call, "entries": entries}


@pytest.fixture
def screens(year_under_way):
    call, project = year_under_way["call"], year_under_way["project"]
    found = {
        "desk": reverse("wagtailadmin_home"),
        "calls": reverse("office:calls"),
        "objections": reverse("office:objections"),
        "objection": reverse("office:objection", args=[Objection.objects.get().pk]),
        "project": project.office_path,
        "call_edit": reverse("wagtailadmin_pages:edit", args=[call.pk]),
        "call_add": reverse(
            "wagtailadmin_pages:add", args=["forms_app", "callpage", call.get_parent().pk]
        ),
        "brand_page": reverse("wagtailadmin_pages:edit", args=[project.page.pk]),
        "import": reverse("units_import"),
    }
    for name in ("call", "queue", "merit"):
        found[name] = reverse(f"office:{name}", args=[call.pk])
    for status, entry in year_under_way["entries"].items():
        found[f"entry {status}"] = reverse("office:entry", args=[entry.pk])
    for register in REGISTERS:
        urls, name = register().url_helper, register.__name__
        row = register.model.objects.first()
        found[name] = urls.index_url
        found[f"{name} searched"] = f"{urls.index_url}?q=没有这个"
        found[f"{name} inspected"] = urls.get_action_url("inspect", row.pk)
        if register in ADDED_BY_HAND:
            found[f"{name} added"] = urls.create_url
            found[f"{name} changed"] = urls.get_action_url("edit", row.pk)
    found["AwardLevelRegister deleted"] = (
        brands_admin.AwardLevelRegister().url_helper.get_action_url(
            "delete", ProgrammeYear.objects.first().award_levels.create(name="未用的").pk
        )
    )
    for viewset in SettingsGroup().registerables:
        row, name = viewset.model.objects.first(), type(viewset).__name__
        for screen in ("index", "add"):
            found[f"{name} {screen}"] = reverse(viewset.get_url_name(screen))
        for screen in ("edit", "delete", "history", "usage"):
            found[f"{name} {screen}"] = reverse(viewset.get_url_name(screen), args=[row.pk])
    form = FormDefinition.objects.first()
    snippets = "wagtailsnippets_forms_app_formdefinition"
    found["form list"] = reverse(f"{snippets}:list")
    for screen in ("edit", "delete", "history", "usage"):
        found[f"form {screen}"] = reverse(f"{snippets}:{screen}", args=[form.pk])
    return found


def test_no_english_word_stands_on_the_screens_of_the_year(screens, office, sign_in):
    assert english_left(sign_in(office), screens) == {}
