"""Files and pictures. The answer is the list of attachment ids; bytes come and go outside the engine."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.plain_text import tidy

from ..context import FillingContext
from ..reading import is_blank, is_raw, length
from .base import Fault, Kind, Labels, Spec, unreadable, whole
from .date import Date, day_text

MEGABYTE = 1024 * 1024
TYPES = [
    ("pdf", "PDF"),
    ("docx", "Word (.docx)"),
    ("xlsx", "Excel (.xlsx)"),
    ("pptx", "PowerPoint (.pptx)"),
    ("jpg", "JPEG"),
    ("png", "PNG"),
    ("mp4", "MP4"),
]
# What is asked about a picture.
WORDS = {
    "caption": gettext_lazy("说明"),
    "credit": gettext_lazy("拍摄者"),
    "taken_on": gettext_lazy("拍摄日期"),
    "consent": gettext_lazy("人物同意"),
}
CAPTION_LIMIT = 50
CREDIT_LIMIT = 40


class File(Kind):
    """One or more files of given types; `item_template` renders one that is there."""

    code = "file"
    label = gettext_lazy("文件")
    group = "file"
    order = 10
    icon = "doc-empty"
    template = "forms_app/form/kinds/file.html"
    item_template = "forms_app/form/file_item.html"
    grouped = True
    holds_files = True
    carried_over = False
    types = TYPES
    measure = gettext_lazy("个")
    thing = gettext_lazy("文件")

    @property
    def words(self) -> dict[str, Any]:
        """What is counted, and how it is counted in Chinese."""
        return {"measure": self.measure, "thing": self.thing}

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "types",
                blocks.MultipleChoiceBlock(
                    label=gettext_lazy("可以上传的类型"), choices=self.types
                ),
            ),
            ("max_mb", whole(gettext_lazy("每个最大（MB）"), min_value=1)),
            ("min_files", whole(gettext_lazy("最少几个"))),
            ("max_files", whole(gettext_lazy("最多几个"), min_value=1)),
        ]

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        """Return the ids of the entry's attachments that belong to the field; posted bytes are stored before."""
        return bound_to(field["key"], context.attachments)

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: Kind) -> Any:
        return answer if isinstance(kind, File) else None

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        options = field["options"]
        most = options.get("max_files")
        if most and len(answer) > most:
            yield Fault(
                _("最多 %(most)d %(measure)s%(thing)s，请删去 %(over)d %(measure)s")
                % {**self.words, "most": most, "over": len(answer) - most}
            )
        for number, attachment in self.present(answer, files):
            for message in self.faults_of(attachment, options):
                yield Fault(f"{attachment.name}：{message}", row=number, column="file")

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        least = field["options"].get("min_files")
        if least and len(answer) < least:
            yield Fault(
                _("还差 %(short)d %(measure)s%(thing)s，至少 %(least)d %(measure)s")
                % {**self.words, "short": least - len(answer), "least": least}
            )

    def missing(self, field: Spec) -> str:
        return _("请上传“%(label)s”") % {"label": field["label"]}

    def held(self, answer: Any, files: Mapping[int, Any]) -> Any:
        return [pk for pk in answer or [] if pk in files]

    def present(self, answer: Any, files: Mapping[int, Any]) -> list[tuple[int, Any]]:
        """Return (number, attachment) of the files that are still there."""
        return [(number, files[pk]) for number, pk in enumerate(answer) if pk in files]

    def faults_of(self, attachment: Any, options: Mapping[str, Any]) -> Iterator[str]:
        """Yield what is wrong with one file: its ending or its size."""
        types = options.get("types")
        ending = attachment.name.rpartition(".")[2].lower().replace("jpeg", "jpg")
        if types and ending not in types:
            yield _("只能上传 %(types)s") % {"types": "、".join(types)}
        most = options.get("max_mb")
        if most and attachment.size > most * MEGABYTE:
            yield _("%(size).1f MB，超过了 %(most)d MB") % {
                "size": attachment.size / MEGABYTE,
                "most": most,
            }

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        options = field["options"]
        files = {attachment.pk: attachment for attachment in context.attachments}
        most = options.get("max_files") or 1
        return {
            "files": [
                {
                    "attachment": attachment,
                    "url": context.file_url(attachment),
                    "remark": context.about_file(attachment),
                    "ending": attachment.name.rpartition(".")[2].upper()[:4],
                    **self.details_inputs(attachment),
                }
                for _number, attachment in self.present(answer or [], files)
            ],
            "accept": ",".join(f".{ending}" for ending in self.accepted(options)),
            "types": "、".join(options.get("types", [])),
            "multiple": most > 1,
            "full": len(answer or []) >= most,
        }

    def accepted(self, options: Mapping[str, Any]) -> list[str]:
        """Return the endings a browser offers."""
        types = list(options.get("types", []))
        return [*types, "jpeg"] if "jpg" in types else types

    def details_inputs(self, attachment: Any) -> dict[str, Any]:
        """Return what is asked about one file; nothing of plain files."""
        return {}

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "files", answer

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        files = {one.pk: one for one in context.attachments}
        named = [self.named(one) for _number, one in self.present(answer or [], files)]
        return "\n".join(f"{number}. {name}" for number, name in enumerate(named, start=1))

    def excel_value(
        self, answer: Any, field: Spec, labels: Labels, files: Mapping[int, Any]
    ) -> Any:
        return "、".join(self.named(one) for _number, one in self.present(answer, files))

    def named(self, attachment: Any) -> str:
        """Return what a file is called in a list."""
        return attachment.name

    def limits(self, field: Spec) -> str:
        return _("在系统里上传")


class Pictures(File):
    """Pictures with caption, credit, day and consent; these are kept in `Attachment.details`."""

    code = "pictures"
    label = gettext_lazy("照片")
    order = 20
    icon = "image"
    template = "forms_app/form/kinds/pictures.html"
    item_template = "forms_app/form/picture_item.html"
    wide = True
    types = [("jpg", "JPEG"), ("png", "PNG")]
    measure = gettext_lazy("张")
    thing = gettext_lazy("照片")

    def read_details(self, data: Any, name: str, attachment: Any) -> dict[str, Any]:
        """Return what was typed about one picture, under `<name>-<attachment id>-caption` and so on."""
        at = f"{name}-{attachment.pk}"
        taken_on = data.get(f"{at}-taken_on", "").strip()
        return {
            "caption": tidy(data.get(f"{at}-caption", "")),
            "credit": tidy(data.get(f"{at}-credit", "")),
            "taken_on": Date().parse(taken_on, {}) if taken_on else "",
            "consent": bool(data.get(f"{at}-consent")),
        }

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        yield from super().mistakes(answer, field, files)
        for number, attachment in self.present(answer, files):
            for name, limit, label in (
                ("caption", CAPTION_LIMIT, _("说明")),
                ("credit", CREDIT_LIMIT, _("拍摄者")),
            ):
                over = length(attachment.details.get(name, "")) - limit
                if over > 0:
                    yield self.about(
                        number,
                        name,
                        _("%(label)s超出 %(over)d 字，最多 %(limit)d 字")
                        % {"label": label, "over": over, "limit": limit},
                    )
            if is_raw(attachment.details.get("taken_on")):
                yield self.about(number, "taken_on", _("请填拍摄日期，如 2024-03-20"))

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        yield from super().gaps(answer, field, files)
        for number, attachment in self.present(answer, files):
            if is_blank(attachment.details.get("caption")):
                yield self.about(number, "caption", _("请写一句说明"))
            if not attachment.details.get("consent"):
                yield self.about(number, "consent", _("请确认已取得照片中人物的同意"))

    def mark(self, shown: dict[str, Any], row: int | None, column: str, *, reason: str) -> None:
        if row is not None and row < len(shown["files"]):
            file, name = shown["files"][row], f"reasons_{column}"
            file[name] = f"{file.get(name, '')} {reason}".strip()

    def about(self, number: int, column: str, message: str) -> Fault:
        """Return a fault of one picture."""
        return Fault(
            _("第 %(number)d 张：%(message)s") % {"number": number + 1, "message": message},
            row=number,
            column=column,
        )

    def details_inputs(self, attachment: Any) -> dict[str, Any]:
        details = attachment.details
        taken_on = details.get("taken_on") or ""
        return {
            "at": f"-{attachment.pk}",
            "caption": details.get("caption", ""),
            "credit": details.get("credit", ""),
            "taken_on": unreadable(taken_on) if is_raw(taken_on) else taken_on,
            "taken_on_type": "text" if is_raw(taken_on) else "date",
            "consent": details.get("consent", False),
        }

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "pictures", answer

    def named(self, attachment: Any) -> str:
        caption = attachment.details.get("caption")
        return f"{caption}（{attachment.name}）" if caption else attachment.name

    def taken(self, details: Mapping[str, Any]) -> str:
        """Return the day a picture was taken as people write it, or ""."""
        day = details.get("taken_on")
        return day_text(day) if isinstance(day, str) and day else ""


def bound_to(key: str, attachments: Any) -> list[int] | None:
    """Return the ids of the attachments that answer a field, without the removed ones."""
    return [
        attachment.pk
        for attachment in attachments
        if attachment.field_key == key and attachment.removed_at is None
    ] or None


KINDS = (File(), Pictures())
