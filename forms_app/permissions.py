"""Who may do what with an entry: pure functions for views, templates and the lifecycle tables alike."""

from django.db.models import Q, QuerySet

from portal.units.models import Post, Unit, User
from portal.units.permissions import holds_post, is_school_union, may_read_all, units_of

from .models import Entry


def may_fill(actor: User, entry: Entry) -> bool:
    """Return whether the person fills in and sends the unit's forms: its officer or its chair."""
    return holds_post(actor, entry.unit, Post.OFFICER, Post.CHAIR)


def may_sign_as_chair(actor: User, entry: Entry) -> bool:
    """Return whether the person signs for the unit."""
    return holds_post(actor, entry.unit, Post.CHAIR)


def may_sign_as_party(actor: User, entry: Entry) -> bool:
    """Return whether the person signs for the party organisation (an association: its host unit)."""
    return holds_post(actor, entry.unit, Post.PARTY)


def may_handle(actor: User, entry: Entry) -> bool:
    """Return whether the person handles the entry for the school union: office staff, but nobody for his own unit."""
    return is_school_union(actor) and not any(
        held.unit_id in units_around(entry) for held in actor.posts
    )


def may_extend(actor: User, unit: Unit) -> bool:
    """Return whether the person gives the unit more time: office staff, but nobody for his own unit or one it hosts."""
    return is_school_union(actor) and not any(
        held.unit_id in (unit.pk, unit.host_id) for held in actor.posts
    )


def units_around(entry: Entry) -> set[int]:
    """Return the keys of the units that have a stake in an entry: its own, the partners, and what hosts them."""
    units = (entry.unit, *entry.partner_units.all())
    return {unit.pk for unit in units} | {unit.host_id for unit in units if unit.host_id}


def may_move_form(actor: User, entry: Entry) -> bool:
    """Return whether the person moves drafts to a newer form: office staff; it judges nobody's work."""
    return is_school_union(actor)


def may_design(actor: User) -> bool:
    """Return whether the person designs forms."""
    return actor.has_perm("forms_app.change_formdefinition")


def may_see(actor: User, entry: Entry) -> bool:
    """Return whether the person may know of the entry: its unit's people, the office, auditors.

    Experts see entries through their assignments only (`reviewing.assigned_to`).
    """
    return may_read_all(actor) or holds_post(actor, entry.unit)


def visible_to(actor: User) -> QuerySet[Entry]:
    """Return the entries the person may know of, as `may_see` says for one."""
    if may_read_all(actor):
        return Entry.objects.all()
    return Entry.objects.filter(unit__in=units_of(actor))


def handled_by(actor: User) -> QuerySet[Entry]:
    """Return the entries the person handles for the school union, as `may_handle` says for one.

    What leaves the portal in bulk is taken from these.
    """
    if not is_school_union(actor):
        return Entry.objects.none()
    own = [held.unit_id for held in actor.posts]
    around = Q(unit__in=own) | Q(unit__host__in=own)
    partner = Entry.partner_units.through.objects.filter(around).values("entry")
    return Entry.objects.exclude(around).exclude(pk__in=partner)
