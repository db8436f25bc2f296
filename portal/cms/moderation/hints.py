"""What a reader before publication should look at twice: words the office watches, personal data, missing captions.

Hints, not decisions: they are shown in the editor, to the unit before it sends and to the reviewers, and bar nobody.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from ..files.access import files_of
from ..models import Document, Picture, SiteSettings

# People write a number in groups: with a blank, a dash of any length or a dot between them, or nothing.
_BETWEEN = r"(?:[^\S\n]|[.·\u2010-\u2014-])?"
# Mainland mobile numbers, with or without the country's.
PHONE = re.compile(rf"(?<!\d)(?:\+?86{_BETWEEN})?1[3-9]\d{_BETWEEN}\d{{4}}{_BETWEEN}\d{{4}}(?!\d)")
# 18 characters of a resident's number: region, date of birth, serial, check.
RESIDENT = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{_BETWEEN}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"{_BETWEEN}\d{{3}}[\dXx](?!\d)"
)
BANK_CARD = re.compile(
    rf"(?<!\d)(?:62|4\d|5[1-5])\d{{2}}(?:{_BETWEEN}\d{{4}}){{3}}(?:{_BETWEEN}\d{{1,3}})?(?!\d)"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# What shows nothing and stands between characters all the same: joiners, marks of direction, possible hyphens.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064]")
# Figures, letters and what stands in numbers and addresses; Chinese punctuation stays as it is shown.
_FULL_WIDTH = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code).isalnum() or chr(code) in "＋－．＠＿"
}
# Marks within a line part no word; all others do.
_IN_LINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|mark|s|span|strong|sub|sup|u)\b[^>]*>")
AROUND = 8  # characters shown on either side of what was found
TECHNICAL = frozenset({"slug", "url_path", "translation_key", "path", "draft_title"})


@dataclass(frozen=True)
class Hint:
    """Something to look at twice.

    Attributes:
        kind: "word", "phone", "resident", "card", "email", "caption" or "consent".
        words: what and where, in a sentence.
    """

    kind: str
    words: str


def hints_of(revision: Revision, *, site: SiteSettings | None = None) -> list[Hint]:
    """Return what in a page's revision, and in the words of the files it shows, should be looked at twice (four queries at most).

    Args:
        revision: a revision of a page.
        site: holds the office's list of words; the default site's when left out.
    """
    files = files_of(revision)
    pictures = list(Picture.objects.filter(pk__in=files[Picture._meta.label]))
    documents = Document.objects.filter(pk__in=files[Document._meta.label])
    texts = [*_texts_of(revision.as_object()), *_words_of_files(pictures, documents)]
    site = site or SiteSettings.objects.first()
    found = _in_text(_as_read("\n".join(texts)), site.watched_words if site else "")
    return [*found, *_in_pictures(pictures)]


def consent_missing(revision: Revision) -> str:
    """Return why a page cannot be approved yet: a picture whose people have not agreed; "" when none is there."""
    keys = files_of(revision)[Picture._meta.label]
    unasked = Picture.objects.filter(pk__in=keys, portrait_consent=False)
    titles = list(unasked.values_list("title", flat=True)[:5])
    if not titles:
        return ""
    return _(
        "图片没有确认肖像授权，不能通过：%(names)s。请退回补充；没有人像的图片也请勾选确认。"
    ) % {"names": "、".join(titles)}


def _as_read(text: str) -> str:
    """Return a text as a reader takes it: full-width figures are figures, and what shows nothing is not there."""
    return _UNSEEN.sub("", text).translate(_FULL_WIDTH)


def _in_text(text: str, watched: str) -> Iterator[Hint]:
    for word in filter(None, (_as_read(line).strip() for line in watched.splitlines())):
        for place in re.finditer(re.escape(word), text):
            yield Hint("word", _("提示词“%(word)s”：%(place)s") % _said(text, place, word))
            break
    for kind, pattern, sentence in (
        ("resident", RESIDENT, _("像身份证号：%(place)s")),
        ("card", BANK_CARD, _("像银行卡号：%(place)s")),
        ("phone", PHONE, _("像手机号：%(place)s")),
        ("email", EMAIL, _("像邮箱地址：%(place)s")),
    ):
        for place in pattern.finditer(text):
            yield Hint(kind, sentence % _said(text, place))


def _said(text: str, place: re.Match[str], word: str = "") -> dict[str, str]:
    start, end = max(0, place.start() - AROUND), place.end() + AROUND
    return {"word": word, "place": f"…{text[start:end]}…".replace("\n", " ")}


def _in_pictures(pictures: list[Picture]) -> Iterator[Hint]:
    bare = [picture.title for picture in pictures if not picture.caption.strip()]
    if bare:
        yield Hint("caption", _("图片没有说明：%(names)s") % {"names": "、".join(bare[:5])})
    unasked = [picture.title for picture in pictures if not picture.portrait_consent]
    if unasked:
        yield Hint(
            "consent", _("图片没有确认肖像授权：%(names)s") % {"names": "、".join(unasked[:5])}
        )


def _words_of_files(pictures: list[Picture], documents: Iterable[Document]) -> Iterator[str]:
    """Yield what the public reads of files: beside pictures, and as the names of what it downloads."""
    for picture in pictures:
        yield from (picture.title, picture.caption, picture.credit)
    for document in documents:
        yield from (document.title, document.filename)


def _texts_of(page: Page) -> Iterator[str]:
    """Yield all that people have written on a page: its own fields, its blocks, its rows."""
    base = {field.name for field in Page._meta.get_fields()} - {"title", "search_description"}
    yield from _texts_in(page, base)
    for relation in get_all_child_relations(type(page)):
        for row in getattr(page, relation.get_accessor_name()).all():
            yield from _texts_in(row, set())


def _texts_in(thing: Model, leave_out: set[str]) -> Iterator[str]:
    for field in thing._meta.concrete_fields:
        if field.name in leave_out or field.name in TECHNICAL:
            continue
        value = getattr(thing, field.attname)
        if hasattr(value, "raw_data"):
            for block in value.raw_data:
                yield from _leaves(block["value"])
        elif isinstance(value, str) and not field.choices:
            yield value


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(re.sub(r"<[^>]+>", "\n", _IN_LINE.sub("", value)))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
