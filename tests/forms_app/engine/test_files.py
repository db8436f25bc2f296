"""Files and pictures: their number, type and size, and what is said about each picture."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from forms_app.engine.checking import mistakes, problems
from forms_app.engine.context import FillingContext
from forms_app.engine.display import display
from forms_app.engine.forms import build_form
from tests.factories.answers import (
    attach,
    attach_photos,
    complete_summary_answers,
    default_schema,
    posted,
    tiny_pdf,
)

SCHEMA = default_schema("summary")


def messages(found):
    return [one.message for one in found]


def send(entry, attachments, **typed):
    answers = complete_summary_answers()
    data = posted(SCHEMA, answers)
    for name, value in typed.items():
        data[name] = value
    return build_form(
        SCHEMA,
        answers=answers,
        data=data,
        strict=True,
        context=FillingContext(entry=entry, attachments=attachments),
    )


def test_a_complete_summary_with_three_photos_can_be_sent(entry):
    photos = attach_photos(entry)

    form = send(entry, photos)

    assert form.is_valid(), form.errors
    assert form.answers["photos"] == [photo.pk for photo in photos]


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (0, ["请上传“照片”"]),
        (2, ["还差 1 张照片，至少 3 张"]),
        (3, []),
        (20, []),
        (21, ["最多 20 张照片，请删去 1 张"]),
    ],
)
def test_three_to_twenty_photos(entry, count, found):
    photos = attach_photos(entry, count)

    answers = complete_summary_answers(photos=[photo.pk for photo in photos])

    assert messages(problems(SCHEMA, answers, photos)) == found


def test_a_removed_photo_no_longer_counts_but_an_old_version_still_shows_it(entry):
    photos = attach_photos(entry)
    photos[0].removed_at = timezone.now()
    answers = complete_summary_answers(photos=[photo.pk for photo in photos])

    assert messages(problems(SCHEMA, answers, photos)) == ["还差 1 张照片，至少 3 张"]
    shown = {
        item.key: item for section in display(SCHEMA, answers, photos) for item in section.items
    }
    assert len(shown["photos"].value) == 3


def test_each_photo_needs_a_caption_and_the_consent(entry):
    photos = attach_photos(entry)
    photos[1].details = {"caption": "字" * 51}
    photos[2].details = {}
    answers = complete_summary_answers(photos=[photo.pk for photo in photos])

    assert messages(mistakes(SCHEMA, answers, photos)) == ["第 2 张：说明超出 1 字，最多 50 字"]
    assert messages(problems(SCHEMA, answers, photos))[1:] == [
        "第 2 张：请确认已取得照片中人物的同意",
        "第 3 张：请写一句说明",
        "第 3 张：请确认已取得照片中人物的同意",
    ]


def test_what_is_typed_about_a_photo_is_checked_and_handed_to_the_caller(entry):
    photos = attach_photos(entry)
    at = f"f-photos-{photos[0].pk}"

    form = send(
        entry,
        photos,
        **{f"{at}-caption": " 新说明 ", f"{at}-taken_on": "2026年5月1日", f"{at}-consent": "yes"},
    )

    assert form.is_valid(), form.errors
    assert form.details == {
        photos[0].pk: {
            "caption": "新说明",
            "credit": "",
            "taken_on": "2026-05-01",
            "consent": True,
        }
    }
    assert photos[0].details["caption"] != "新说明"


def test_files_of_another_type_or_too_large_are_reported_by_name(entry):
    scan = attach(entry, "signed_scan", "盖章.docx", tiny_pdf())
    large = attach(entry, "attachments", "大.pdf", tiny_pdf())
    large.size = 20 * 1024 * 1024 + 1
    answers = {"signed_scan": [scan.pk], "attachments": [large.pk]}

    assert messages(mistakes(SCHEMA, answers, [scan, large])) == [
        "大.pdf：20.0 MB，超过了 20 MB",
        "盖章.docx：只能上传 pdf、jpg",
    ]


def test_the_form_shows_the_files_with_a_way_to_remove_each(entry):
    photos = attach_photos(entry)
    form = build_form(
        SCHEMA,
        answers={},
        context=FillingContext(attachments=photos, file_url=lambda one: f"/files/{one.pk}/"),
    )

    page = render_to_string("forms_app/form/form.html", {"form": form})

    for photo in photos:
        assert f'name="remove_file" value="{photo.pk}"' in page
        assert f'src="/files/{photo.pk}/?web"' in page
    assert 'name="f-photos"' in page
