"""Drafts moved to a newer form: nothing typed is lost, the units are told, and only the office does it."""

from copy import deepcopy

import pytest
from django.urls import reverse

from forms_app.definitions import moving
from forms_app.engine.carrying import carry
from forms_app.engine.comparing import changes
from forms_app.entries import saving
from forms_app.models import Entry, EntryStatus, FormVersion
from portal.lifecycle.door import Refused, carry_out
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.forms import SCHEMA, CallFactory, Cast, draft, entry_in, form_with
from tests.factories.units import UnitFactory, person_with


def field(key, kind="text", label=None, **options):
    return {
        "key": key,
        "kind": kind,
        "label": label or key,
        "help": "",
        "required": False,
        "public": False,
        "options": options,
    }


def form_of(*fields):
    return {
        "sections": [{"key": "s1", "title": "一", "help": "", "fields": list(fields)}],
        "rules": [],
        "warnings": [],
    }


def there_and_back(old, new, answers):
    """Return answers in the newer version, and after going back to the older one."""
    schemas = {1: old, 2: new}
    there = carry(answers, schemas, start=1, end=2)
    return there, carry(there, schemas, start=2, end=1)


COLUMNS = [field("item"), field("amount", "money")]
CHOICES = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}]


@pytest.mark.parametrize(
    ("old", "new", "answer", "there"),
    [
        (field("goal"), field("other"), "多读书", {"goal@1": "多读书"}),
        (field("goal"), field("goal", "long_text"), "多读书", {"goal": "多读书"}),
        (field("goal"), field("goal", "integer"), "300", {"goal": 300, "goal@1": "300"}),
        (
            field("goal"),
            field("goal", "integer"),
            "三百",
            {"goal": {"raw": "三百"}, "goal@1": "三百"},
        ),
        (field("goal", label="目标"), field("aim", label="目标"), "多读书", {"aim": "多读书"}),
        (
            field("rows", "rows", columns=COLUMNS),
            field("rows", "rows", columns=COLUMNS[:1]),
            [{"item": "书", "amount": "80.00"}],
            {"rows": [{"item": "书"}], "rows@1": [{"item": "书", "amount": "80.00"}]},
        ),
        (
            field("rows", "rows", columns=COLUMNS),
            field("rows"),
            [{"item": "书"}],
            {"rows@1": [{"item": "书"}]},
        ),
        (
            field("way", "choice", choices=CHOICES),
            field("way", "choice", choices=CHOICES[:1]),
            "b",
            {"way": {"raw": "乙"}, "way@1": "b"},
        ),
        (
            field("way", "choice", choices=CHOICES),
            field("way", "choices", choices=CHOICES),
            "b",
            {"way": ["b"], "way@1": "b"},
        ),
        (field("way", "gone"), field("other"), {"x": 1}, {"way@1": {"x": 1}}),
    ],
)
def test_an_answer_goes_over_as_far_as_it_fits_and_comes_back_whole(old, new, answer, there):
    answers = {old["key"]: answer}

    moved, back = there_and_back(form_of(old), form_of(new), answers)

    assert moved == there
    assert {key: value for key, value in back.items() if "@" not in key} == answers


def test_what_was_changed_meanwhile_is_not_overwritten_by_what_was_kept():
    old = form_of(field("rows", "rows", columns=COLUMNS))
    new = form_of(field("rows", "rows", columns=COLUMNS[:1]))
    schemas = {1: old, 2: new}
    moved = carry({"rows": [{"item": "书", "amount": "80.00"}]}, schemas, start=1, end=2)
    moved["rows"] = [{"item": "笔"}]

    back = carry(moved, schemas, start=2, end=1)

    assert back["rows"] == [{"item": "笔"}]
    assert back["rows@1"] == [{"item": "书", "amount": "80.00"}]


def test_what_changed_is_said_in_words():
    old = form_of(field("title", max_characters=30), field("goal", label="目标"), field("gone"))
    new = form_of(
        {**field("title", max_characters=20), "required": True},
        field("aim", label="目标"),
        field("new", "money"),
    )

    assert [(one.sort, one.label, one.details) for one in changes(old, new)] == [
        ("changed", "title", ["选填 → 必填", "最多字数 30 → 20"]),
        ("renamed", "目标", ["代码 goal → aim"]),
        ("added", "new", ["金额（元）"]),
        ("removed", "gone", []),
    ]
    assert changes(old, old) == []


# --- entries ---

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def call():
    return CallFactory(needs_experts=False)


@pytest.fixture
def newer(call):
    """Version 2 of the call's form: no slogan, an effect instead."""
    schema = deepcopy(SCHEMA)
    schema["sections"][0]["fields"][1] = field("effect", "long_text", "预期成效")
    version = FormVersion.objects.create(
        definition=call.form, number=2, schema=schema, digest="digest-2"
    )
    # The factory's form is not drawn: its latest version is the last one.
    assert call.form.versions.order_by("-number").first() == version
    return version


def test_a_moved_draft_keeps_its_answers_is_recorded_and_told(call, newer):
    first = call.form.versions.get(number=1)
    entry = draft(call=call, answers={"slogan": "晨起一刻"})
    Entry.objects.filter(pk=entry.pk).update(form_version=first)
    entry = Entry.objects.get(pk=entry.pk)
    office = person_with(Role.SCHOOL_UNION)

    moved, refused = moving.move([entry], to=newer, actor=office)

    after = Entry.objects.get(pk=entry.pk)
    assert (moved, dict(refused)) == (1, {})
    assert after.form_version == newer
    assert after.status == EntryStatus.DRAFT
    assert after.answers == {"title": "示例书香工会", "slogan@1": "晨起一刻"}
    assert after.save_count == entry.save_count + 1
    [item] = moving.no_longer_asked(after)
    assert (item.label, item.value) == ("品牌口号", "晨起一刻")
    event = after.events.get(action="move_form")
    assert event.comment == "从第1版换到第2版，新增“预期成效”，不再填写“品牌口号”。"
    told = Message.objects.filter(kind="entry_form_moved", channel=Channel.INBOX)
    assert set(told.values_list("recipient", flat=True)) == {Cast(entry.unit).officer.pk}


def older_draft(call, **answers):
    entry = draft(call=call, unit=UnitFactory(), answers=answers)
    Entry.objects.filter(pk=entry.pk).update(form_version=call.form.versions.get(number=1))
    return Entry.objects.get(pk=entry.pk)


def test_what_is_no_longer_asked_survives_a_save_and_is_shown_to_the_unit(call, newer, client):
    entry = older_draft(call, slogan="晨起一刻")
    moving.move([entry], to=newer, actor=person_with(Role.SCHOOL_UNION))
    after = Entry.objects.get(pk=entry.pk)
    client.force_login(Cast(entry.unit).officer)
    edit = reverse("forms_app:edit", args=[entry.pk])

    client.post(edit, {"f-title": "新名", "save_count": after.save_count})

    saved = Entry.objects.get(pk=entry.pk)
    assert saved.answers == {"title": "新名", "slogan@1": "晨起一刻"}
    assert "晨起一刻" in client.get(edit).content.decode()
    assert "晨起一刻" in client.get(reverse("forms_app:entry", args=[entry.pk])).content.decode()


def test_what_the_system_fills_in_is_that_of_the_newer_form(call, newer):
    schema = deepcopy(newer.schema)
    schema["sections"][0]["fields"].append(field("year", "computed", source="year"))
    newest = FormVersion.objects.create(
        definition=call.form, number=3, schema=schema, digest="digest-newest"
    )
    entry = older_draft(call)

    moving.move([entry], to=newest, actor=person_with(Role.SCHOOL_UNION))

    assert Entry.objects.get(pk=entry.pk).answers["year"] == call.programme_year.year


def test_a_returned_entry_is_still_told_why_it_came_back(call, newer, client):
    entry = entry_in(EntryStatus.RETURNED, call=call)
    Entry.objects.filter(pk=entry.pk).update(form_version=call.form.versions.get(number=1))

    moving.move([Entry.objects.get(pk=entry.pk)], to=newer, actor=person_with(Role.SCHOOL_UNION))

    client.force_login(Cast(entry.unit).officer)
    page = client.get(reverse("forms_app:edit", args=[entry.pk])).content.decode()
    assert "请把进度安排写得更具体" in page


@pytest.mark.parametrize("status", [EntryStatus.AWAITING_CHAIR, EntryStatus.SUBMITTED])
def test_what_has_been_sent_keeps_its_version(call, newer, status):
    entry = entry_in(status, call=call)
    first = call.form.versions.get(number=1)
    Entry.objects.filter(pk=entry.pk).update(form_version=first)

    moved, refused = moving.move([entry], to=newer, actor=person_with(Role.SCHOOL_UNION))

    assert moved == 0
    assert len(refused) == 1
    assert Entry.objects.get(pk=entry.pk).form_version == first


def test_only_the_office_moves_and_only_within_one_form(call, newer):
    entry = older_draft(call)
    other = form_with().versions.get()

    for actor, version in (
        (Cast(entry.unit).officer, newer),
        (person_with(Role.EXPERT), newer),
        (person_with(Role.SCHOOL_UNION), other),
        (person_with(Role.SCHOOL_UNION), entry.form_version),
    ):
        with pytest.raises(Refused):
            carry_out(entry, "move_form", actor=actor, to_version=version)

    assert Entry.objects.get(pk=entry.pk).answers == entry.answers


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_asks_the_same_number_of_queries(call, newer, count, django_assert_num_queries):
    for _number in range(count):
        older_draft(call, slogan="晨起一刻")
    definition = call.form
    definition.__dict__.pop("latest_version", None)

    with django_assert_num_queries(4):
        [group] = moving.plan(definition)

    assert [one.kept for one in group.moves] == [["品牌口号"]] * count


def test_the_page_shows_what_changes_for_whom_and_moves_the_chosen(call, newer, client):
    chosen, other = older_draft(call, slogan="晨起一刻"), older_draft(call)
    client.force_login(person_with(Role.SCHOOL_UNION))
    address = reverse("office:form_move", args=[call.form.pk])

    page = client.get(address).content.decode()
    client.post(address, {"to": "2", "entry": [chosen.pk]})

    for words in ("预期成效", "不再填写", "品牌口号", str(chosen.unit), str(other.unit)):
        assert words in page
    assert Entry.objects.get(pk=chosen.pk).form_version == newer
    assert Entry.objects.get(pk=other.pk).form_version.number == 1


def test_a_page_that_is_older_than_the_latest_version_moves_nothing(call, newer, client):
    entry = older_draft(call)
    client.force_login(person_with(Role.SCHOOL_UNION))

    client.post(reverse("office:form_move", args=[call.form.pk]), {"to": "1", "entry": [entry.pk]})

    assert Entry.objects.get(pk=entry.pk).form_version.number == 1


def test_an_officer_who_has_the_older_form_open_overwrites_nothing(call, newer):
    entry = older_draft(call, slogan="晨起一刻")
    shown = entry.answers
    moving.move([entry], to=newer, actor=person_with(Role.SCHOOL_UNION))

    saved = saving.save(entry, answers={**shown, "title": "新名"}, actor=Cast(entry.unit).officer)

    assert saved.entry.answers["title"] == "新名"
    assert "晨起一刻" in saved.entry.answers.values()
