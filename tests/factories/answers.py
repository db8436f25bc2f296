"""Complete answers to the default forms, what a browser would post for them, and the files they need; all invented."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

import forms_app
from forms_app.engine.conditions import answer_code
from forms_app.engine.kinds import CELLS
from forms_app.engine.kinds.choice import OTHER
from forms_app.engine.reading import is_blank, is_raw
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Attachment, Entry

SENTENCE = "每周二、四清晨，教职工在操场东侧一起练太极，相互认识，也让久坐的身体动起来。"


def default_schema(kind: str) -> Schema:
    """Return the schema of a default form: "application" or "summary"."""
    path = Path(forms_app.__file__).parent / "defaults" / f"{kind}.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    return {part: held[part] for part in ("sections", "rules", "warnings")}


def prose(characters: int) -> str:
    """Return Chinese text of a length."""
    return (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]


def complete_application_answers(**over: Any) -> dict[str, Any]:
    """Return answers that the default application form accepts; `over` replaces some, None removes one."""
    return _without_none(
        {
            "title": "太极晨光",
            "slogan": "晨起一刻，身心舒展",
            "category": "culture",
            "kind": "new",
            "start_date": "2026-04-10",
            "end_date": "2026-11-30",
            "audience": "全校在职教职工",
            "expected_participants": 300,
            "leader_name": "示例甲",
            "leader_post": "工会主席、副教授",
            "leader_staff_no": "T20260001",
            "leader_phone": "13800000001",
            "leader_email": "jia@example.com",
            "contact_name": "示例乙",
            "contact_phone": "0571-12345678",
            "members": [{"name": "示例丙", "staff_no": "T20260003", "duty": "场地与安全"}],
            "summary": prose(120),
            "foundation": prose(200),
            "goals": prose(100),
            "measures": prose(300),
            "innovation": prose(100),
            "safeguards": prose(100),
            "expected_results": prose(100),
            "schedule": [
                {
                    "start": "2026-04-10",
                    "end": "2026-05-31",
                    "task": "开班，设六个练习点",
                    "deliverable": "学员名册",
                },
                {"start": "2026-06-01", "end": "2026-11-30", "task": "每周两次练习，年底展演"},
            ],
            "indicators": [{"name": "活动场次", "target": 40, "unit_label": "场"}],
            "budget_items": [
                {
                    "category": "training",
                    "item": "教练课酬",
                    "basis": "200 元 × 40 次",
                    "amount": "8000.00",
                },
                {
                    "category": "activity",
                    "item": "年底展演",
                    "basis": "音响与场地",
                    "amount": "4000.00",
                },
            ],
            "amount_requested": "10000.00",
            "amount_matching": "2000.00",
            "declaration": True,
        },
        over,
    )


def complete_summary_answers(**over: Any) -> dict[str, Any]:
    """Return answers that the default summary form accepts once three pictures are attached to `photos`."""
    return _without_none(
        {
            "title": "太极晨光",
            "category": "culture",
            "leader_name": "示例甲",
            "granted": "10000.00",
            "implementation": prose(500),
            "activities": [
                {"date": "2026-04-10", "name": "开班", "place": "东操场", "participants": 60},
                {"date": "2026-06-08", "name": "体测", "place": "校医院", "participants": 58},
            ],
            "indicator_results": [
                {"name": "活动场次", "target": 40, "unit_label": "场", "actual": 46}
            ],
            "participants_total": 1204,
            "activity_count": 46,
            "results": prose(300),
            "highlights": prose(100),
            "experience": prose(100),
            "expenses": [{"category": "training", "budgeted": "8000.00", "spent": "7800.00"}],
            "problems": prose(60),
            "next_steps": prose(60),
            "public_intro": prose(80),
            "declaration": True,
        },
        over,
    )


def _without_none(answers: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**answers, **over}.items() if value is not None}


def posted(schema: Schema, answers: dict[str, Any]) -> MultiValueDict:
    """Return what a browser would post for answers (files aside: they are attachments)."""
    data = MultiValueDict()
    for field in fields_of(schema):
        name, answer = f"f-{field['key']}", answers.get(field["key"])
        if "columns" in field["options"]:
            rows = answer or []
            data[f"{name}-TOTAL_FORMS"] = str(len(rows))
            for number, row in enumerate(rows):
                for column in field["options"]["columns"]:
                    text = CELLS[column["kind"]].typed(row.get(column["key"]), column["options"])
                    data[f"{name}-{number}-{column['key']}"] = text
        elif isinstance(answer, list):
            data.setlist(name, [_post_choice(data, name, one) for one in answer])
        elif isinstance(answer, dict) and not {"raw", "other"} & set(answer):
            for part, value in answer.items():  # two days under one name
                data[f"{name}-{part}"] = value["raw"] if is_raw(value) else value
        elif isinstance(answer, dict):
            data[name] = _post_choice(data, name, answer)
        elif not is_blank(answer):
            data[name] = answer_code(answer)
    return data


def _post_choice(data: MultiValueDict, name: str, answer: Any) -> str:
    if isinstance(answer, dict) and "other" in answer:
        data[f"{name}-other"] = answer["other"]
        return OTHER
    return answer["raw"] if is_raw(answer) else str(answer)


def attach(entry: Entry, field_key: str, name: str, content: bytes, **details: Any) -> Attachment:
    """Return a new attachment of an entry, stored as the entry's creator's upload."""
    ending = name.rpartition(".")[2].lower()
    return Attachment.objects.create(
        entry=entry,
        field_key=field_key,
        file=ContentFile(content, name=name),
        name=name,
        size=len(content),
        content_type={"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}.get(
            ending, "application/octet-stream"
        ),
        sha256=sha256(content).hexdigest(),
        details=details,
        uploaded_by=entry.created_by,
    )


def tiny_picture(*, colour: str = "#3f6b45") -> bytes:
    """Return a real JPEG of 32 × 24 px."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def tiny_pdf() -> bytes:
    """Return the bytes of an empty PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def attach_photos(
    entry: Entry, count: int = 3, *, captions: Iterable[str] = ()
) -> list[Attachment]:
    """Return pictures attached to `photos`, each with caption, day and consent."""
    given = list(captions)
    return [
        attach(
            entry,
            "photos",
            f"照片{number + 1}.jpg",
            tiny_picture(),
            caption=given[number] if number < len(given) else f"第 {number + 1} 次练习",
            credit="示例乙",
            taken_on=date(2026, 5, number + 1).isoformat(),
            consent=True,
        )
        for number in range(count)
    ]


# A form that asks for one kind of file and for nothing else.
FILES_SCHEMA = {
    "sections": [
        {
            "key": "s1",
            "title": "附件",
            "help": "",
            "fields": [
                {
                    "key": "plan_file",
                    "kind": "file",
                    "label": "实施方案",
                    "help": "",
                    "required": True,
                    "public": False,
                    "options": {"types": ["pdf", "docx"], "max_mb": 20, "max_files": 2},
                }
            ],
        }
    ],
    "rules": [],
    "warnings": [],
}
