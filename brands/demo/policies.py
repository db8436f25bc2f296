"""The demo's policies: one taken in from the Word file as issued, and repealed when the next one came; all through the three reviews."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile

from forms_app.engine.context import FillingContext
from forms_app.models import FormDefinition, FormKind
from forms_app.paper.sheet import Sheet, parts_of
from forms_app.paper.word_writing import word_form
from portal.cms.files.media import Document, store_document
from portal.cms.models import PolicyIndexPage, PolicyPage, Validity
from portal.cms.moderation import doors
from portal.cms.policies import policy_from_document
from portal.dates import day as day_in_words

from .clock import at, school_day
from .line import read
from .people import Office
from .site import UNION, day_of, lines_of
from .walking import publish, write_page

MARK, PRINT_OFFICE = "示例大学工会委员会文件", "示例大学工会办公室"
# The signs that end a number say its level, as GB/T 9704 orders them: 一、（一）1.
LEVELS = ((lambda number: number.endswith("、"), "1"), (lambda number: number.endswith("）"), "2"))
PUBLISHED_AFTER = timedelta(days=4)


def publish_policies(first: int, second: int, office: Office) -> int:
    """Publish the documents of two years, and mark what they have replaced. Returns how many."""
    years = {"first": first, "second": second}
    pages: dict[str, PolicyPage] = {}
    for told in read("policies.toml")["policy"]:
        year = years[told["year"]]
        written = day_of(year, told["day"])
        make = _take_in if told.get("as_issued") else _write
        page = pages[told["title"]] = make(told, year, written, office)
        if replaced := told.get("replaces"):
            _repeal(pages[replaced], page, office, day=school_day(written + 2 * PUBLISHED_AFTER))
    return len(pages)


def _write(told: dict[str, Any], year: int, written: date, office: Office) -> PolicyPage:
    """Let the office type a document into the CMS."""
    page = PolicyPage(
        title=told["title"],
        slug=f"{year}-{told['serial']}",
        issuer_mark=MARK,
        doc_number=_number(told, year),
        addressees=told["addressees"],
        attachment_notes=told["attachment_notes"],
        signer=UNION,
        written_on=written,
        cc=told["cc"],
        print_office=PRINT_OFFICE,
        printed_on=written,
        **_metadata(told, year),
    )
    paragraphs = [_paragraph(line) for line in lines_of(told["body"])]
    page.body = page.body.stream_block.to_python(paragraphs)
    page.attachments = [
        ("document", _blank_form(FormKind(kind), year, office)) for kind in told.get("forms", ())
    ]
    day = school_day(written + PUBLISHED_AFTER)
    return write_page(PolicyIndexPage.objects.get(), page, office, day=day)


def _blank_form(kind: FormKind, year: int, office: Office) -> Document:
    """Let the office keep an empty form as an annex, as Word."""
    form = FormDefinition.objects.filter(kind=kind).first()
    parts = parts_of(form.latest_version.schema, {}, FillingContext(year=year), fill_in=True)
    title = f"“一会一品”项目{kind.label}"
    sheet = Sheet(title, head=UNION, foot="", address="", parts=parts, fill_in=True)
    upload = ContentFile(word_form(sheet), name=f"{title}.docx")
    return store_document(upload, title=title, actor=office.clerk)


def _take_in(told: dict[str, Any], year: int, written: date, office: Office) -> PolicyPage:
    """Let the office upload a document as it was issued; the Word file is kept as its original."""
    day = school_day(written + PUBLISHED_AFTER)
    number = _number(told, year)
    with at(day - timedelta(days=1), 10):
        upload = ContentFile(_as_issued(told, number, written), name=f"{told['title']}.docx")
        page = policy_from_document(upload, actor=office.clerk).page
        page.slug = f"{year}-{told['serial']}"
        _save(page, _metadata(told, year), office)
    publish(page, office, day=day)
    return PolicyPage.objects.get(pk=page.pk)


def _repeal(old: PolicyPage, new: PolicyPage, office: Office, *, day: date) -> None:
    """Let the office say that a document holds no longer, and which one has taken its place."""
    page = PolicyPage.objects.get(pk=old.pk).get_latest_revision_as_object()
    with at(day - timedelta(days=1), 15):
        _save(page, {"validity": Validity.REPEALED, "replaced_by": new}, office)
    publish(page, office, day=day)


def _save(page: PolicyPage, fields: dict[str, Any], office: Office) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=office.clerk)
    doors.submit_for_review(page, actor=office.clerk)


def _metadata(told: dict[str, Any], year: int) -> dict[str, str]:
    return {"index_no": told["index_no"].format(year=year), "doc_type": told["doc_type"]}


def _number(told: dict[str, Any], year: int) -> str:
    return f"示例工〔{year}〕{told['serial']}号"


def _as_issued(told: dict[str, Any], number: str, written: date) -> bytes:
    """Return the Word file of a document, its parts in the order of an official one."""
    document = docx.Document()
    on = day_in_words(written)
    body = ["".join(line.split("|")) for line in lines_of(told["body"])]
    head, tail = (
        [MARK, number, told["title"], told["addressees"]],
        [UNION, on, f"{PRINT_OFFICE}  {on}印发"],
    )
    for line in (*head, *body, *tail):
        document.add_paragraph(line)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _paragraph(line: str) -> dict[str, Any]:
    number, lead, text = line.split("|") if "|" in line else ("", "", line)
    level = next((code for fits, code in LEVELS if fits(number)), "3" if number else "0")
    return {
        "type": "paragraph",
        "value": {"level": level, "number": number, "lead": lead, "text": text},
    }
