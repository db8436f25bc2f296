"""Every entry of a call with its form and its files, in folders by unit, in one ZIP: a background job."""

import re
import shutil
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.jobs import JobRefused, Work, register_job
from portal.messaging.models import Job

from ..models import Entry
from ..permissions import handled_by
from .answers_book import answers_book
from .template_filling import paper_form

ENTRIES_ZIP = "entries_zip"
LONGEST_PART = (
    60  # characters of a folder's or file's name; Windows stops at 260 for the whole path
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def pack(work: Work) -> str:
    """Write the ZIP.

    Params: `entries` ids in the order of the list, all handled by who asks; `left_out` how many of the list are not; `name` of
    the file.

    Raises:
        JobRefused: nothing is left that the person who asked handles.
    """
    chosen = work.params["entries"]
    entries = list(_prepared(work, chosen))
    if not entries:
        raise JobRefused(_("没有可以打包的申报：列表里的都不由您办理，或者已经没有了。"))
    order = {pk: place for place, pk in enumerate(chosen)}
    entries.sort(key=lambda entry: order[entry.pk])
    missing: list[str] = []
    taken: set[str] = set()
    # Pictures and documents are packed already; packing them again costs time and saves nothing.
    with zipfile.ZipFile(work.file, "w", zipfile.ZIP_STORED) as archive:
        for number, entry in enumerate(entries, start=1):
            folder = _free(f"{_name(entry.unit)}/{_name(entry)}", taken)
            _put_in(archive, folder, entry, missing)
            work.progress(number, len(entries) + 1)
        left_out = work.params.get("left_out", 0) + len(chosen) - len(entries)
        notes = _notes(left_out, missing)
        archive.writestr(_("全部内容") + ".xlsx", answers_book(entries, notes=notes))
        if notes:
            archive.writestr(_("说明") + ".txt", "\r\n".join(notes).encode("utf-8-sig"))
    return work.params["name"]


def _prepared(work: Work, chosen: list[int]) -> Iterator[Entry]:
    return (
        handled_by(work.asked_by)
        .filter(pk__in=chosen)
        .select_related(
            "call__programme_year",
            "unit",
            "category",
            "form_version__definition__template",
            "decision",
        )
        .prefetch_related("attachments")
    )


def _put_in(archive: zipfile.ZipFile, folder: str, entry: Entry, missing: list[str]) -> None:
    """Write the form and the files of one entry under names that differ. The form is what was sent last."""
    versions = entry.versions.select_related("form_version", "created_by")
    form = paper_form(entry, versions.order_by("number").last())
    archive.writestr(f"{folder}/{_name(entry)}.docx", form)
    taken = {f"{_name(entry)}.docx".lower()}
    for attachment in entry.attachments.all():
        if attachment.removed_at:
            continue
        stem, _dot, ending = attachment.name.rpartition(".")
        name = _free(_name(stem or ending), taken, f".{_name(ending)}" if stem else "")
        try:
            with (
                attachment.file.open("rb") as file,
                archive.open(f"{folder}/{name}", "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(file, target)
        except OSError:
            missing.append(f"{entry.unit}《{entry}》：{attachment.name}")


def _notes(left_out: int, missing: list[str]) -> list[str]:
    notes = [left_out_words(left_out)] if left_out else []
    notes += [_("没有找到这个文件：%(name)s") % {"name": name} for name in missing]
    return notes


def still_handled(job: Job) -> bool:
    """Return whether the asker handles every entry of the ZIP today: his role may have ended, or a post have begun."""
    entries = job.params["entries"]
    return handled_by(job.asked_by).filter(pk__in=entries).count() == len(entries)


def left_out_words(count: int) -> str:
    """Return what is said of the entries that somebody does not handle."""
    return ngettext(
        "按回避规定，您所在单位（或联合申报单位）的 %(count)d 份申报不在内。",
        "按回避规定，您所在单位（或联合申报单位）的 %(count)d 份申报不在内。",
        count,
    ) % {"count": count}


def _name(thing: object) -> str:
    """Return a name that every file system takes, and that leads out of no folder."""
    return _NOT_IN_NAMES.sub("_", str(thing)).strip(" .")[:LONGEST_PART].strip(" .") or "_"


def _free(stem: str, taken: set[str], ending: str = "") -> str:
    """Return a name that is not taken yet, and take it."""
    name, number = f"{stem}{ending}", 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}（{number}）{ending}"
    taken.add(name.lower())
    return name


register_job(ENTRIES_ZIP, pack, may_fetch=still_handled, keep_days=7)
