"""What the office does with a form beside drawing it, tried as the office and as others."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms_app.definitions import form_file
from forms_app.engine.schema import drawn, fields_of
from forms_app.models import Attachment, Entry, FormDefinition, FormVersion
from portal.units.models import Role
from tests.factories.answers import (
    complete_application_answers,
    default_schema,
    posted,
    tiny_pdf,
)
from tests.factories.units import UnitFactory, person_with

pytestmark = pytest.mark.django_db
EDIT = "wagtailsnippets_forms_app_formdefinition:edit"


@pytest.fixture
def form():
    return FormDefinition.objects.get(kind="application")


@pytest.fixture
def office(client):
    client.force_login(person_with(Role.SCHOOL_UNION))
    return client


def text(response):
    return response.content.decode()


def publish(form, change, **what):
    """Draw a form anew and publish it."""
    form = FormDefinition.objects.get(pk=form.pk)
    schema = form.schema
    change(schema)
    for name, content in drawn(schema).items():
        setattr(form, name, form._meta.get_field(name).to_python(content))
    form.save_revision(**what).publish()
    return FormDefinition.objects.get(pk=form.pk)


def rename_slogan(schema):
    next(one for one in fields_of(schema) if one["key"] == "slogan")["label"] = "一句话"


# --- who comes in ---

READ = ("office:form_versions", "office:form_file")
DESIGN = ("office:form_duplicate", "office:form_move", "office:form_trial", "office:form_restore")


@pytest.mark.parametrize("name", [*READ, *DESIGN])
def test_who_comes_in(client, form, name):
    address = reverse(name, args=[form.pk, 1] if name == "office:form_restore" else [form.pk])
    answers = {}
    for role in (Role.SCHOOL_UNION, Role.AUDITOR, Role.EXPERT):
        client.force_login(person_with(role))
        answers[role] = client.get(address).status_code
    client.logout()

    assert answers[Role.SCHOOL_UNION] == 200
    assert answers[Role.AUDITOR] == (200 if name in READ else 404)
    assert answers[Role.EXPERT] != 200
    assert client.get(address).status_code == 302


# --- versions ---


def test_the_history_says_what_each_version_changed_and_by_whom(office, form):
    author = person_with(Role.SCHOOL_UNION)
    publish(form, rename_slogan, user=author)

    page = text(office.get(reverse("office:form_versions", args=[form.pk])))

    assert "第 2 版" in page
    assert "名称“品牌口号” → “一句话”" in page
    assert str(author) in page
    assert FormVersion.objects.get(definition=form, number=2).digest[:12] in page


def test_one_version_is_seen_as_a_unit_saw_it(office, form):
    publish(form, rename_slogan)

    first = office.get(reverse("office:form_version", args=[form.pk, 1]))
    second = office.get(reverse("office:form_version", args=[form.pk, 2]))

    assert "品牌口号" in text(first)
    assert "一句话" in text(second)


def test_an_earlier_version_becomes_the_draft_again_and_then_the_one_in_use(office, form):
    publish(form, rename_slogan)
    address = reverse("office:form_restore", args=[form.pk, 1])
    history = reverse("office:form_versions", args=[form.pk])
    assert address in text(office.get(history))
    assert "名称“一句话” → “品牌口号”" in text(office.get(address))

    opened = office.post(address)

    form = FormDefinition.objects.get(pk=form.pk)
    assert opened.url == reverse(EDIT, args=[form.pk])
    assert (form.latest_version.number, form.has_unpublished_changes) == (2, True)
    assert "第1版已恢复为草稿" in text(office.get(opened.url))
    assert address not in text(office.get(history))
    assert "不用恢复" in text(office.get(address))
    drawing = form.get_latest_revision_as_object()
    office.post(opened.url, {**post_of(drawing), "action-publish": "y"})
    form = FormDefinition.objects.get(pk=form.pk)
    assert (form.latest_version.number, form.versions.count()) == (1, 2)


def test_what_can_no_longer_be_drawn_is_not_restored(office, form):
    schema = default_schema("application")
    schema["sections"][0]["fields"][4]["kind"] = "no_such_kind"
    FormVersion.objects.create(definition=form, number=2, schema=schema, digest="of another day")

    answer = office.post(reverse("office:form_restore", args=[form.pk, 2]), follow=True)

    assert "类型“no_such_kind”这里没有" in text(answer)
    assert not FormDefinition.objects.get(pk=form.pk).has_unpublished_changes


def test_wagtails_own_history_leads_back_too(office, form):
    form.save_revision()
    first = form.latest_revision
    publish(form, rename_slogan)
    address = reverse(
        "wagtailsnippets_forms_app_formdefinition:revisions_revert", args=[form.pk, first.pk]
    )

    page = office.get(address)
    office.post(address, post_of(first.as_object()))

    assert "您正在看这个表单以前的版本" in text(page)
    form = FormDefinition.objects.get(pk=form.pk)
    assert form.get_latest_revision_as_object().schema == first.as_object().schema
    assert form.latest_version.number == 2


# --- the designer ---


def post_of(form, **changes):
    """Return what the designer posts for a form as it is drawn."""
    latest = FormDefinition.objects.get(pk=form.pk).latest_revision_id
    data = {"name": form.name, "kind": form.kind, "loaded_revision_id": latest or ""}
    for name in ("body", "rules", "warnings"):
        value = getattr(form, name)
        data |= flat(name, value.stream_block, value)
    return {**data, **changes}


def flat(prefix, block, value):
    """Return a StreamField's values as the names and values of its inputs."""
    data = {f"{prefix}-count": str(len(value))}
    for number, child in enumerate(value):
        at = f"{prefix}-{number}"
        data |= {f"{at}-type": child.block_type, f"{at}-order": str(number), f"{at}-deleted": ""}
        data |= {f"{at}-id": child.id or "", **flat_value(f"{at}-value", child.block, child.value)}
    return data


def flat_value(prefix, block, value):
    if hasattr(block, "child_blocks") and hasattr(value, "stream_block"):
        return flat(prefix, block, value)
    if hasattr(block, "child_blocks"):
        found = {}
        for name, child in block.child_blocks.items():
            found |= flat_value(f"{prefix}-{name}", child, value.get(name))
        return found
    if hasattr(block, "child_block"):
        found = {f"{prefix}-count": str(len(value))}
        for number, one in enumerate(value):
            at = f"{prefix}-{number}"
            found |= {f"{at}-order": str(number), f"{at}-deleted": "", f"{at}-id": ""}
            found |= flat_value(f"{at}-value", block.child_block, one)
        return found
    if value is None or value is False:
        return {}
    return {prefix: "on" if value is True else value}


def test_publishing_what_was_opened_changes_nothing(office, form):
    response = office.post(reverse(EDIT, args=[form.pk]), {**post_of(form), "action-publish": "y"})

    assert response.status_code == 302
    assert FormVersion.objects.filter(definition=form).count() == 1


def test_a_doubled_code_is_told_at_its_block_and_only_a_draft_may_have_it(office, form):
    data = post_of(form, **{"body-0-value-fields-4-value-key": "title"})

    refused = office.post(reverse(EDIT, args=[form.pk]), {**data, "action-publish": "y"})
    kept = office.post(reverse(EDIT, args=[form.pk]), data)

    assert refused.status_code == 200
    assert "用了同一个代码 title" in json.dumps(
        refused.context["form"].errors["body"].as_data()[0].as_json_data(), ensure_ascii=False
    )
    assert kept.status_code == 302
    page = text(office.get(reverse(EDIT, args=[form.pk])))
    assert "发布前还有 2 处要改" in page
    assert FormVersion.objects.filter(definition=form).count() == 1


def test_a_wrong_rule_marks_its_tab_and_the_summary_leads_to_it(office, form):
    data = post_of(form, **{"rules-0-value-field": "没有这一栏", "action-publish": "y"})

    page = text(office.post(reverse(EDIT, args=[form.pk]), data))

    assert "规则与提醒（1 处要改）" in page
    assert "表单（" not in page
    summary = page.split('id="to-mend"')[1].split("</div>")[0]
    assert "没有保存，有 1 处要改" in summary
    assert "没有这一栏" in summary
    assert f'href="#block-{form.rules[0].id}-section"' in summary


def test_what_a_block_itself_refuses_is_named_in_the_summary(office, form):
    data = post_of(form, **{"rules-0-value-message": "长" * 201, "name": ""})

    page = text(office.post(reverse(EDIT, args=[form.pk]), {**data, "action-publish": "y"}))

    assert "表单（1 处要改）" in page
    assert "规则与提醒（1 处要改）" in page
    summary = page.split('id="to-mend"')[1].split("</div>")[0]
    assert f'href="#block-{form.rules[0].id}-section"' in summary
    assert 'href="#id_name"' in summary


def test_the_tab_of_a_draft_says_what_keeps_it_from_being_published(office, form):
    data = post_of(form, **{"rules-0-value-field": "没有这一栏"})
    assert office.post(reverse(EDIT, args=[form.pk]), data).status_code == 302

    page = text(office.get(reverse(EDIT, args=[form.pk])))

    assert "规则与提醒（1 处要改）" in page
    assert "发布前还有 1 处要改" in page


def test_a_clerk_writes_names_and_no_codes(office, form):
    data = post_of(
        form,
        **{
            "body-0-value-fields-4-value-label": "宣传语",
            "body-0-value-fields-4-value-key": "",
            "body-0-value-fields-4-value-only_if_field": "项目名称",
            "body-0-value-fields-4-value-only_if_equals": "太极晨光",
            "rules-0-value-field": "结束日期",
        },
    )

    office.post(reverse(EDIT, args=[form.pk]), {**data, "action-publish": "y"})

    schema = FormDefinition.objects.get(pk=form.pk).schema
    field = fields_of(schema)[4]
    assert (field["key"], field["options"]["only_if"]) == (
        "xuanchuanyu",
        {"field": "title", "equals": "太极晨光"},
    )
    assert schema["rules"][0]["field"] == "end_date"


@pytest.mark.parametrize("mode", ["", "checked"])
def test_the_preview_shows_drafts_with_flaws_too(form, rf, mode):
    form.body = form._meta.get_field("body").to_python("[]")

    page = form.make_preview_request(rf.get("/"), mode).rendered_content

    assert "表单里还没有栏目" in page


# --- next year, files ---


def test_next_years_form_starts_as_this_years_draft(office, form):
    schema = form.schema
    rename_slogan(schema)
    for name, content in drawn(schema).items():
        setattr(form, name, form._meta.get_field(name).to_python(content))
    form.save_revision()

    response = office.post(
        reverse("office:form_duplicate", args=[form.pk]), {"name": "明年的申报表"}
    )

    copy = FormDefinition.objects.get(name="明年的申报表")
    assert response.url == reverse(EDIT, args=[copy.pk])
    assert not copy.live
    assert copy.schema == schema
    assert not copy.versions.exists()


def test_a_form_goes_out_as_a_file_and_comes_in_again_after_a_look(office, form):
    content = office.get(reverse("office:form_version_file", args=[form.pk, 1])).content
    address = reverse("office:form_import")

    looked = office.post(address, {"file": SimpleUploadedFile("form.json", content)})
    before = FormDefinition.objects.count()
    office.post(address, {"content": looked.context["content"], "name": "别校的申报表"})

    assert "经费预算" in text(looked)
    assert before == 2
    created = FormDefinition.objects.get(name="别校的申报表")
    assert created.schema == form.schema
    assert not created.live


def test_a_bad_file_is_refused_in_words_and_creates_nothing(office):
    response = office.post(
        reverse("office:form_import"), {"file": SimpleUploadedFile("form.json", b"{}")}
    )

    assert response.status_code == 422
    assert "这不是表单文件" in text(response)
    assert FormDefinition.objects.count() == 2


def test_what_was_looked_at_cannot_be_exchanged(office):
    content = form_file.write("x", "summary", default_schema("summary")).decode()

    response = office.post(reverse("office:form_import"), {"content": content, "name": "x"})

    assert response.status_code == 404


# --- trying it out ---


def test_a_trial_says_what_is_missing_and_what_would_be_sent_and_leaves_nothing(office, form):
    UnitFactory()
    address = reverse("office:form_trial", args=[form.pk])
    answers = complete_application_answers()

    empty = office.post(address, {"check": "yes"})
    full = office.post(address, {**posted(form.schema, answers).dict(), "check": "yes"})

    assert "请填写“项目名称”" in text(empty)
    assert empty.context["would_send"] is None
    assert [one.message for one, _label in full.context["problems"]] == []
    assert "会报送的内容" in text(full)
    assert "太极晨光" in text(full)
    assert not Entry.objects.exists()


def test_a_trial_checks_files_carries_their_names_and_keeps_none(office, form):
    UnitFactory()
    address = reverse("office:form_trial", args=[form.pk])
    good = SimpleUploadedFile("方案.pdf", tiny_pdf())
    bad = SimpleUploadedFile("方案.pdf", b"MZ\x90\x00")

    first = office.post(address, {"f-plan_file": good})
    second = office.post(address, {"files": first.context["files"]})
    third = office.post(address, {"files": first.context["files"], "remove_file": "1"})
    refused = office.post(address, {"f-plan_file": bad})

    assert "方案.pdf" in text(first)
    assert second.context["form"].answers["plan_file"] == [1]
    assert "plan_file" not in third.context["form"].answers
    assert [one.field_key for one, _label in refused.context["problems"]] == ["plan_file"]
    assert not Attachment.objects.exists()
