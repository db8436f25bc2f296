"""Programme years, calls and entries for tests. Entries reach their state through the lifecycle's door, as in life."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import factory
from django.utils import timezone

from forms_app.decision import adjusting, deciding, releasing
from forms_app.entries import saving, sending, starting
from forms_app.models import (
    CallIndexPage,
    CallPage,
    Category,
    Conclusion,
    Entry,
    EntryStatus,
    FormDefinition,
    FormKind,
    FormVersion,
    ProgrammeYear,
    PublicNotice,
    Rubric,
    SignOffLevel,
)
from forms_app.review import reviewing
from portal.units.models import Post, Role, Unit, UnitKind, User
from portal.units.permissions import holders, people_with
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, person_of, person_with

# A form small enough to read at a glance; `long` tests use the default forms of `set_up`.
SCHEMA: dict[str, Any] = {
    "sections": [
        {
            "key": "basic",
            "title": "基本信息",
            "help": "",
            "fields": [
                {
                    "key": "title",
                    "kind": "text",
                    "label": "项目名称",
                    "help": "",
                    "required": True,
                    "public": True,
                    "options": {"max_characters": 30},
                },
                {
                    "key": "slogan",
                    "kind": "text",
                    "label": "品牌口号",
                    "help": "",
                    "required": False,
                    "public": True,
                    "options": {"max_characters": 40},
                },
            ],
        }
    ],
    "rules": [],
    "warnings": [],
}
ANSWERS = {"title": "示例书香工会"}


class YearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeYear
        django_get_or_create = ("year",)

    year = factory.LazyFunction(lambda: timezone.localdate().year)
    apply_from = factory.LazyAttribute(lambda it: date(it.year, 3, 1))
    apply_until = factory.LazyAttribute(lambda it: date(it.year, 4, 10))
    establish_until = factory.LazyAttribute(lambda it: date(it.year, 4, 30))
    cultivate_until = factory.LazyAttribute(lambda it: date(it.year, 10, 31))
    evaluate_until = factory.LazyAttribute(lambda it: date(it.year, 11, 30))
    award_until = factory.LazyAttribute(lambda it: date(it.year, 12, 31))
    budget = Decimal(300000)


def form_with(schema: dict[str, Any] | None = None, *, kind: str = FormKind.APPLICATION):
    """Return a published form: its definition, with one frozen version."""
    definition = FormDefinition.objects.create(name=f"示例{FormKind(kind).label}", kind=kind)
    FormVersion.objects.create(
        definition=definition, number=1, schema=schema or SCHEMA, digest=f"digest-{definition.pk}"
    )
    return definition


class CallFactory(factory.django.DjangoModelFactory):
    """A live call, open from yesterday for thirty days."""

    class Meta:
        model = CallPage

    title = factory.Sequence(lambda n: f"关于申报示例项目的通知{n}")
    slug = factory.Sequence(lambda n: f"call-{n}")
    kind = FormKind.APPLICATION
    programme_year = factory.SubFactory(YearFactory)
    form = factory.LazyAttribute(lambda it: form_with(kind=it.kind))
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    rubric = factory.LazyAttribute(lambda it: Rubric.objects.filter(kind=it.kind).first())

    @classmethod
    def _create(cls, model_class: type[CallPage], *args: Any, **fields: Any) -> CallPage:
        return CallIndexPage.objects.get().add_child(instance=model_class(**fields))


@dataclass
class Cast:
    """The people around one unit's entry; each is made when first asked for."""

    unit: Unit

    @cached_property
    def officer(self) -> User:
        return self._holder(Post.OFFICER)

    @cached_property
    def chair(self) -> User:
        return self._holder(Post.CHAIR)

    @cached_property
    def party(self) -> User:
        return self._holder(Post.PARTY)

    @cached_property
    def office(self) -> User:
        return people_with(Role.SCHOOL_UNION).order_by("pk").first() or person_with(
            Role.SCHOOL_UNION
        )

    @cached_property
    def expert(self) -> User:
        return people_with(Role.EXPERT).order_by("pk").first() or person_with(Role.EXPERT)

    def take_up_posts(self) -> None:
        """Make everybody whose turn it can be, before anything happens."""
        assert all((self.officer, self.chair, self.party, self.office))

    def _holder(self, post: Post) -> User:
        return holders(self.unit, post).order_by("pk").first() or person_of(self.unit, post)


def draft(
    *,
    call: CallPage | None = None,
    unit: Unit | None = None,
    answers: dict[str, Any] | None = None,
    **call_fields: Any,
) -> Entry:
    """Return a draft that the unit's officer has started and saved."""
    call = call or CallFactory(**call_fields)
    cast = Cast(unit or UnitFactory())
    entry = starting.start(call, unit=cast.unit, actor=cast.officer)
    return saving.save(
        entry,
        answers={**ANSWERS, **(answers or {})},
        actor=cast.officer,
    ).entry


def entry_in(status: str, **details: Any) -> Entry:
    """Return an entry that has gone the way to a status through the door.

    Args:
        status: an EntryStatus its kind can reach; with `needs_…` switched off in the call, one that its way still passes.
        details: as for `draft`: call, unit, answers, or fields of a new call (kind="summary", notice_days=0 …).
    """
    entry = draft(**details)
    cast = Cast(entry.unit)
    cast.take_up_posts()
    for step in _WAYS[EntryStatus(status)]:
        step(entry, cast)
        entry = Entry.objects.get(pk=entry.pk)
    assert entry.status == status
    return entry


def _send(entry: Entry, cast: Cast) -> None:
    sending.send(entry, actor=cast.officer)


def _chair(entry: Entry, cast: Cast) -> None:
    if entry.status == EntryStatus.AWAITING_CHAIR:
        sending.sign(
            entry,
            actor=cast.chair,
            level=SignOffLevel.CHAIR,
            conclusion=Conclusion.AGREE,
            text="同意",
        )


def _party(entry: Entry, cast: Cast) -> None:
    if entry.status == EntryStatus.AWAITING_PARTY:
        sending.sign(
            entry,
            actor=cast.party,
            level=SignOffLevel.PARTY,
            conclusion=Conclusion.AGREE,
            text="同意",
        )


def _check(entry: Entry, cast: Cast) -> None:
    sending.pass_check(entry, actor=cast.office)


def _score(entry: Entry, cast: Cast) -> None:
    if entry.status != EntryStatus.IN_REVIEW:
        return
    [assignment] = reviewing.assign(entry, experts=[cast.expert], actor=cast.office)
    finish(assignment)
    reviewing.close_review(entry, actor=cast.office)


def _propose(entry: Entry, cast: Cast) -> None:
    adjusting.propose(
        entry,
        actor=cast.office,
        changes={"title": "示例书香工会·全校共读"},
        reason="建议扩大到新校区",
    )


def _establish(entry: Entry, cast: Cast) -> None:
    deciding.decide(entry, actor=cast.office, outcome="establish", amount=Decimal(8000))
    _release(entry, cast)


def _conclude(entry: Entry, cast: Cast) -> None:
    if entry.status == EntryStatus.APPROVED:
        return
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.filter(decisions__entry=entry).update(starts_on=past, ends_on=past)
    deciding.conclude_notice(entry, actor=cast.office)


def _reject(entry: Entry, cast: Cast) -> None:
    deciding.decide(entry, actor=cast.office, outcome="reject", reason="与往年项目重复")
    _release(entry, cast)


def _release(entry: Entry, cast: Cast) -> None:
    releasing.release(entry.call, actor=cast.office, minutes="示例会议纪要", only=[entry.pk])


def _return(entry: Entry, cast: Cast) -> None:
    sending.return_for_changes(
        entry,
        actor=cast.office,
        comment="请把进度安排写得更具体",
        until=timezone.localdate() + timedelta(days=7),
        field_comments={"title": "名称请突出特色"},
    )


def _withdraw(entry: Entry, cast: Cast) -> None:
    sending.withdraw(entry, actor=cast.officer)


_IN = (_send, _chair, _party)
_DECIDING = (*_IN, _check, _score)
_WAYS = {
    EntryStatus.DRAFT: (),
    EntryStatus.AWAITING_CHAIR: (_send,),
    EntryStatus.AWAITING_PARTY: (_send, _chair),
    EntryStatus.SUBMITTED: _IN,
    EntryStatus.RETURNED: (*_IN, _return),
    EntryStatus.WITHDRAWN: (_withdraw,),
    EntryStatus.IN_REVIEW: (*_IN, _check),
    EntryStatus.DECIDING: _DECIDING,
    EntryStatus.EVALUATED: _DECIDING,
    EntryStatus.ADJUSTING: (*_DECIDING, _propose),
    EntryStatus.IN_NOTICE: (*_DECIDING, _establish),
    EntryStatus.APPROVED: (*_DECIDING, _establish, _conclude),
    EntryStatus.REJECTED: (*_DECIDING, _reject),
}


def category(code: str = "culture") -> Category:
    """Return one of the six categories."""
    return Category.objects.get(code=code)


def surround(entry: Entry, *, partner: User, host: User) -> None:
    """Give an entry a partner unit and its unit a host unit, and each of two people a post in one of them."""
    beside, above = UnitFactory(), UnitFactory()
    entry.answers["partner_units"] = [beside.code]  # what the columns are taken from again
    entry.save(update_fields=["answers"])
    entry.partner_units.add(beside)
    Unit.objects.filter(pk=entry.unit_id).update(
        kind=UnitKind.ASSOCIATION, is_disciplinary=False, host=above
    )
    beside.memberships.create(user=partner, post=Post.OFFICER)
    above.memberships.create(user=host, post=Post.PARTY)
    entry.refresh_from_db(fields=["unit"])
