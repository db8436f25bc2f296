"""A unit whose every unpublished word, number and file can be recognised wherever it turns up."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from brands.cultivation import changing, checking, recording
from brands.models import BrandPage, ChangeKind, ChangeRequest, GuidanceNote, Material, Project
from brands.writing.content import Block
from forms_app.models import Attachment, CallPage, Entry
from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import NoticePage, Picture
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.factories import files
from tests.factories.answers import attach, tiny_pdf
from tests.factories.forms import SCHEMA, CallFactory, Cast, entry_in, form_with
from tests.factories.pages import draft_notice
from tests.factories.projects import activity_of, picture_of, project_in, public_page, quick_call
from tests.factories.projects import written_page as rewritten_page
from tests.factories.units import UnitFactory, person_of

PHONE, EMAIL, STAFF_NO = "13987650321", "weigongkai@leak.example", "LEAK20260"
# What stands in entries, drafts and records that nobody has published.
WORDS = (
    "未公开的草稿申报",
    "未公开的在审申报",
    "未公开的通知",
    "未公开的口号",
    "未公开的故事",
    "未公开的活动",
    "未公开的照片",
    "未公开的文件",
    "未公开的指导",
    "未公开的中期检查",
    "未公开的变更",
)
SECRETS = (*WORDS, PHONE, EMAIL, STAFF_NO)


def _field(key: str, kind: str, **options: Any) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "label": key,
        "help": "",
        "required": False,
        "public": False,
        "options": options,
    }


PERSONAL_SCHEMA = {
    **SCHEMA,
    "sections": [
        *SCHEMA["sections"],
        {
            "key": "people",
            "title": "人员",
            "help": "",
            "fields": [
                _field("leader_name", "text"),
                _field("leader_phone", "phone"),
                _field("leader_email", "email"),
                _field("leader_staff_no", "staff_no"),
                _field("plan_file", "file", types=["pdf"], max_files=3),
            ],
        },
    ],
}
PERSONAL = {
    "leader_name": "示例甲",
    "leader_phone": PHONE,
    "leader_email": EMAIL,
    "leader_staff_no": STAFF_NO,
}


@dataclass
class World:
    """Everything of the unit, by what it is."""

    unit: Unit = field(default_factory=UnitFactory)

    def __post_init__(self) -> None:
        self.cast = Cast(self.unit)
        self.cast.officer = person_of(self.unit, phone=PHONE, email=EMAIL, staff_no=STAFF_NO)
        self.call: CallPage = CallFactory(form=form_with(PERSONAL_SCHEMA), limit_per_unit=5)
        self.in_review = self._entry("in_review", "未公开的在审申报")
        self.draft = self._entry("draft", "未公开的草稿申报")
        self.attachment: Attachment = attach(
            self.draft, "plan_file", "未公开的文件.pdf", tiny_pdf()
        )
        self.project: Project = project_in(
            unit=self.unit, answers=PERSONAL, call=quick_call(form=form_with(PERSONAL_SCHEMA))
        )
        self.page: BrandPage = public_page(self.project)
        self.project = Project.objects.get(pk=self.project.pk)
        self.activity = activity_of(self.project, name="未公开的活动")
        self.material: Material = picture_of(self.project, caption="未公开的照片")
        self.note: GuidanceNote = recording.write_guidance(
            self.project, actor=self.cast.office, text="未公开的指导"
        )
        checking.ask_one(
            self.project,
            actor=self.cast.office,
            due_on=timezone.localdate() + timedelta(days=10),
            looks_at="未公开的中期检查",
        )
        self.change: ChangeRequest = changing.request(
            self.project,
            kind=ChangeKind.TERMINATION,
            actor=self.cast.officer,
            wanted={"reason": "未公开的变更"},
        )
        # The public page has a later draft that shows what is not public.
        self.page = rewritten_page(
            self.project,
            slogan="未公开的口号",
            cover=self.material.picture_id,
            story=[Block("text", "未公开的故事")],
            activities=[self.activity.pk],
        )
        self.notice: NoticePage = draft_notice(self.cast.office, title="未公开的通知")
        self.office_picture: Picture = store_picture(
            check_picture(files.photo()), title="未公开的照片", actor=self.cast.office
        )
        self.document = store_document(files.pdf(), title="未公开的文件", actor=self.cast.office)
        self.notice.body = [("picture", {"picture": self.office_picture, "caption": ""})]
        self.notice.attachments = [("document", self.document)]
        self.notice.save_revision(user=self.cast.office)

    def _entry(self, status: str, title: str) -> Entry:
        return entry_in(
            status, call=self.call, unit=self.unit, answers={**PERSONAL, "title": title}
        )

    @property
    def message(self) -> Message:
        """A message to the unit's officer."""
        return Message.objects.inbox_of(self.cast.officer).first()
