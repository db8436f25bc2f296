"""Keeping an uploaded workbook until it is confirmed, and carrying it out: all of it or nothing."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pinyin import sort_key

from ..models import AuditAction, AuditRecord, Membership, PeopleImport, Unit, User
from .comparing import POSTS, Plan, compare
from .reading import PEOPLE, UNITS, read_workbook


class Outdated(Exception):
    """Data changed since the dry run, or the workbook was applied already. `str()` is the reason; nothing was changed."""


def keep(content: bytes, *, file_name: str, actor: User) -> tuple[Plan, PeopleImport | None]:
    """Compare an uploaded workbook and, where it can be applied, keep it for the confirmation.

    Args:
        content: the file.
        file_name: how the office calls it.
        actor: the importer.

    Returns:
        The plan, and the upload; None where there is something to mend or nothing to do.

    Side effects: the importer's earlier uploads that he never confirmed are deleted.
    """
    plan = compare(read_workbook(content), actor=actor)
    PeopleImport.objects.filter(uploaded_by=actor, applied_at=None).delete()
    if plan.problems or plan.changes_nothing:
        return plan, None
    upload = PeopleImport.objects.create(
        uploaded_by=actor, file_name=file_name[:150], content=content, digest=plan.digest()
    )
    return plan, upload


def plan_of(upload: PeopleImport, *, actor: User) -> Plan:
    """Return what an upload that is not confirmed yet would do now."""
    return compare(read_workbook(bytes(upload.content)), actor=actor)


def apply(upload: PeopleImport, *, actor: User, ip: str | None = None) -> PeopleImport:
    """Carry out exactly what the dry run showed.

    Args:
        upload: the kept workbook.
        actor: the importer.
        ip: the address he works from, for the audit record.

    Returns:
        The upload, with its summary and the new people.

    Raises:
        Outdated: data changed since the dry run, or it was applied already.

    Side effects: units, people and posts; one audit record. The file is emptied. New people have no password yet.
    """
    with transaction.atomic():
        upload = PeopleImport.objects.select_for_update().get(pk=upload.pk)
        if upload.applied_at:
            raise Outdated(_("这个文件已经导入过了。"))
        plan = plan_of(upload, actor=actor)
        if plan.problems or plan.digest() != upload.digest:
            raise Outdated(
                _("核对之后，系统里的数据有了变动，没有导入。请看新的核对结果，再确认一次。")
            )
        _store_units(plan)
        created = _store_people(plan)
        _store_posts(plan)
        upload.created_people.set(created)
        upload.content = b""
        upload.applied_at = timezone.now()
        upload.summary = _summary(plan)
        upload.save()
        AuditRecord.objects.create(
            action=AuditAction.IMPORT, actor=actor, ip=ip, detail=upload.summary
        )
    return upload


def keep_again(upload: PeopleImport, plan: Plan) -> None:
    """Make a newer comparison the one that the next confirmation carries out; the office has seen it now."""
    upload.digest = plan.digest()
    upload.save(update_fields=["digest"])


def _store_units(plan: Plan) -> None:
    new, changed = [], []
    for item in plan.items[UNITS]:
        unit = item.stored or Unit()
        for name, value in item.values.items():
            if name != "host":
                setattr(unit, name, value)
        if item.state == "new":
            new.append(unit)
        elif item.state == "changed":
            changed.append(unit)
    Unit.objects.bulk_create(new)
    hosts = {item.key: item.values["host"] for item in plan.items[UNITS] if "host" in item.values}
    by_code = {unit.code: unit for unit in Unit.objects.all()}
    for unit in [*new, *changed]:
        if unit.code in hosts:
            unit.host = by_code[hosts[unit.code]]
    fields = [field.name for field in Unit._meta.concrete_fields if not field.primary_key]
    Unit.objects.bulk_update([*new, *changed], fields, batch_size=100)


def _store_people(plan: Plan) -> list[User]:
    no_password = make_password(None)
    new, changed = [], []
    for item in plan.items[PEOPLE]:
        person = item.stored or User(
            username=item.key, password=no_password, must_change_password=True
        )
        for name, value in item.values.items():
            setattr(person, name, value)
        person.name_spelled = sort_key(person.name)
        if item.state == "new":
            new.append(person)
        elif item.state == "changed":
            changed.append(person)
    User.objects.bulk_update(changed, ["name", "name_spelled", "phone", "email"], batch_size=200)
    return User.objects.bulk_create(new, batch_size=200)


def _store_posts(plan: Plan) -> None:
    people = dict(User.objects.filter(staff_no__isnull=False).values_list("staff_no", "pk"))
    units = dict(Unit.objects.values_list("code", "pk"))
    new, changed = [], []
    for item in plan.items[POSTS]:
        number, unit, post = item.key
        term = item.stored or Membership(user_id=people[number], unit_id=units[unit], post=post)
        for name, value in item.values.items():
            setattr(term, name, value)
        if item.state == "new":
            new.append(term)
        elif item.state == "changed":
            changed.append(term)
    Membership.objects.bulk_create(new, batch_size=200)
    Membership.objects.bulk_update(changed, ["since", "until"], batch_size=200)


def _summary(plan: Plan) -> str:
    return "；".join(
        _("%(sheet)s：新增 %(new)d，更新 %(changed)d，未变 %(same)d")
        % {
            "sheet": sheet,
            **{state: plan.count(sheet, state) for state in ("new", "changed", "same")},
        }
        for sheet in plan.items
    )
