"""Beginning an entry of a unit in a call."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.forms import prefilled, with_computed
from forms_app.models import CallPage, Entry, FormKind
from forms_app.models.columns import take_columns
from forms_app.models.status import EntryStatus
from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.units.models import Post, Unit, User
from portal.units.permissions import holds_post

from .deadlines import counted as counted_in
from .filling import context_of


def start(
    call: CallPage,
    *,
    unit: Unit,
    actor: User,
    prefill: dict[str, Any] | None = None,
    continues: Entry | None = None,
) -> Entry:
    """Begin an entry of a unit in a call. A draft of an application that is there already is returned instead.

    Args:
        call: the call.
        unit: the unit that hands in.
        actor: the unit's officer or chair.
        prefill: neutral answers to begin with.
        continues: the entry of an earlier year whose project goes on.

    Returns:
        The draft; two clicks at once give the same one.

    Raises:
        Refused: not this person's unit, unit not admitted, call not open, form not published, or limit reached.
    """
    if not holds_post(actor, unit, Post.OFFICER, Post.CHAIR):
        raise Refused(_("只有本单位经办人或工会主席可以开始填写。"), code="forbidden")
    with transaction.atomic():
        # The unit's row is what two clicks at once wait for.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        entries = Entry.objects.filter(call=call, unit=unit)
        if call.kind == FormKind.APPLICATION:
            existing = entries.filter(status=EntryStatus.DRAFT).order_by("pk").first()
            if existing:
                return existing
        if reason := why_not_start(call, unit, counted=counted_in(call, unit).count()):
            raise Refused(reason, code="guard")
        version = call.form.latest_version
        if version is None:
            raise Refused(_("这份通知的表单还没有发布，请联系校工会。"), code="guard")
        entry = Entry(
            call=call,
            kind=call.kind,
            unit=unit,
            form_version=version,
            created_by=actor,
            continues=continues,
        )
        entry.save()
        context = context_of(entry)
        begun = {**prefilled(version.schema, context), **(prefill or {})}
        entry.answers = with_computed(version.schema, begun, context)
        take_columns(entry, entry.answers)
        entry.save()
        return entry


def why_not_start(call: CallPage, unit: Unit, *, counted: int) -> str | None:
    """Return why a unit cannot begin an entry in a call now, or None where it can.

    Args:
        counted: how many of the unit's entries in the call count against its limit.
    """
    deadline = call.deadline_for(unit)
    phase = call.phase(timezone.now(), deadline)
    if not call.live:
        return _("这份通知已经撤下，不能填写，请联系校工会。")
    if not call.admits(unit):
        return _("这份通知不面向%(kind)s。") % {"kind": unit.get_kind_display()}
    if phase == "coming":
        return _("申报尚未开始，%(at)s 起可以填写。") % {"at": day_and_time(call.opens_at)}
    if phase == "over":
        return _("申报已于 %(at)s 截止。确有原因的，请联系校工会延期。") % {
            "at": day_and_time(deadline)
        }
    if call.kind == FormKind.APPLICATION and counted >= call.limit_per_unit:
        return _("每个单位限报 %(limit)d 项，本单位已经报送过了。") % {"limit": call.limit_per_unit}
    return None
