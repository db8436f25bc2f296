"""The stamped scan: a code of an older version is pointed out, a missing one only hinted at."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from forms_app.entries import attaching, saving, sending
from forms_app.models import Entry
from forms_app.paper import scans
from forms_app.paper.code import paper_code, qr
from portal.units.models import Role
from tests.factories.answers import complete_application_answers, tiny_pdf
from tests.factories.forms import draft, entry_in
from tests.factories.units import person_with


def scan_of(entry, version=None, *, ending="jpg", turned=3):
    """Return a scan of a page with the code of an entry: a little crooked, as scans are."""
    code = BytesIO()
    qr(paper_code(entry, version).address).save(code, kind="png", scale=6, border=2)
    page = Image.new("L", (1240, 1754), 255)
    page.paste(Image.open(code).convert("L").resize((160, 160)), (960, 1540))
    out = BytesIO()
    page.rotate(turned, fillcolor=250).save(out, {"jpg": "JPEG", "pdf": "PDF"}[ending])
    return out.getvalue()


def attach(entry, content, ending="jpg"):
    upload = SimpleUploadedFile(f"扫描.{ending}", content)
    attaching.attach(entry, field_key="signed_scan", upload=upload, actor=entry.created_by)
    return Entry.objects.get(pk=entry.pk)


@pytest.fixture
def entry(call):
    return draft(call=call, answers=complete_application_answers())


@pytest.mark.parametrize("ending", ["jpg", "pdf"])
def test_a_scan_of_what_is_there_needs_no_remark(entry, ending):
    entry = attach(entry, scan_of(entry, ending=ending), ending)

    assert scans.remarks(entry) == []


def test_a_draft_changed_after_printing_is_pointed_out(entry):
    entry = attach(entry, scan_of(entry))
    entry.answers = {**entry.answers, "slogan": "改过的口号"}
    entry.save()

    [remark] = scans.remarks(entry)

    assert remark.grave
    assert "打印以后，内容又改过" in remark.text


def test_an_older_version_is_pointed_out_to_unit_and_office(call, client):
    entry = entry_in("returned", call=call, answers=complete_application_answers())
    first = entry.versions.select_related("form_version").get()
    entry = attach(entry, scan_of(entry, first))
    answers = {**entry.answers, "slogan": "改过的口号"}
    entry = saving.save(entry, answers=answers, actor=entry.created_by).entry

    client.force_login(entry.created_by)
    for name in ("edit", "check", "entry"):
        page = client.get(reverse(f"forms_app:{name}", args=[entry.pk]))
        assert "扫描件是第 1 版的" in page.text
    sending.send(entry, actor=entry.created_by)
    client.force_login(person_with(Role.SCHOOL_UNION))
    assert "扫描件是第 1 版的" in client.get(reverse("office:entry", args=[entry.pk])).text


def test_whoever_fills_the_form_in_reads_it_beside_the_scan(entry, client):
    client.force_login(entry.created_by)
    address = reverse("forms_app:edit", args=[entry.pk])
    entry = attach(entry, scan_of(entry))
    assert "内容又改过" not in client.get(address).text

    entry.answers = {**entry.answers, "slogan": "改过的口号"}
    entry.save()
    with CaptureQueriesContext(connection) as opening:
        page = client.get(address)

    [line] = [
        line
        for section in page.context["form"].sections
        for line in section.lines
        if line.spec["key"] == "signed_scan"
    ]
    assert "打印以后，内容又改过" in line.input["files"][0]["remark"].text
    assert "打印以后，内容又改过" in page.text
    assert line.errors == []
    assert sum("forms_app_entryversion" in query["sql"] for query in opening) == 1


def test_it_is_read_as_soon_as_the_scan_has_arrived(entry, client, call):
    client.force_login(entry.created_by)
    content = scan_of(draft(call=call, answers=complete_application_answers()))
    told = client.post(
        reverse("forms_app:begin_upload", args=[entry.pk]),
        {"field": "signed_scan", "name": "扫描.jpg", "size": len(content), "stamp": "1"},
    ).json()

    sent = client.post(f"{told['address']}?at=0", content, content_type="application/octet-stream")

    assert "另一份表" in sent.json()["item"]


def test_a_scan_of_another_form_is_pointed_out(entry, call):
    other = draft(call=call, answers=complete_application_answers())

    [remark] = scans.remarks(attach(entry, scan_of(other)))

    assert "另一份表" in remark.text


@pytest.mark.parametrize("ending", ["jpg", "pdf"])
def test_a_scan_without_a_code_is_taken_with_a_quiet_hint(entry, ending):
    blank = BytesIO()
    Image.new("RGB", (300, 400), "white").save(blank, "JPEG")

    entry = attach(entry, blank.getvalue() if ending == "jpg" else tiny_pdf(), ending)

    [remark] = scans.remarks(entry)
    assert not remark.grave
    assert entry.answers["signed_scan"]
