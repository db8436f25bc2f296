"""Who somebody is: pure questions that every floor above builds its own permissions on."""

from django.db.models import QuerySet

from .models import Post, Role, Unit, User


def has_role(user: User, *roles: Role) -> bool:
    """Return whether an active person holds one of the school union's roles."""
    return user.is_authenticated and user.is_active and any(role in user.roles for role in roles)


def is_school_union(user: User) -> bool:
    """Return whether the person works in the school union's office."""
    return has_role(user, Role.SCHOOL_UNION)


def is_expert(user: User) -> bool:
    """Return whether the person is a reviewing expert."""
    return has_role(user, Role.EXPERT)


READS_ALL = (Role.SCHOOL_UNION, Role.AUDITOR)


def may_read_all(user: User) -> bool:
    """Return whether the person may read every unit's entries: the office and the auditors."""
    return has_role(user, *READS_ALL)


def holds_post(user: User, unit: Unit, *posts: Post) -> bool:
    """Return whether the person holds one of the posts in the unit today; without posts, any post.

    Args:
        user: the person, possibly anonymous.
        unit: the unit.
        posts: the posts that count; none given means any.
    """
    return (
        user.is_authenticated
        and user.is_active
        and any(
            held.unit_id == unit.pk and (not posts or held.post in posts) for held in user.posts
        )
    )


def units_of(user: User, *posts: Post) -> QuerySet[Unit]:
    """Return the units in which the person holds one of the posts today (any post if none is given)."""
    if not user.is_authenticated:
        return Unit.objects.none()
    held = [post.unit_id for post in user.posts if not posts or post.post in posts]
    return Unit.objects.filter(pk__in=held)


def holders(unit: Unit, *posts: Post) -> QuerySet[User]:
    """Return the active people who hold one of the posts in the unit today: whose turn it is."""
    current = unit.memberships.current().filter(post__in=posts)
    return User.objects.filter(is_active=True, memberships__in=current).distinct()


def people_with(*roles: Role) -> QuerySet[User]:
    """Return the active people with one of the school union's roles."""
    return User.objects.filter(is_active=True, groups__role_group__code__in=roles).distinct()


CMS_ROLES = frozenset(Role) - {Role.EXPERT}


def home_of(user: User) -> str:
    """Return the path where a person's work is: the CMS, the experts' desk or the units' desk.

    Who belongs to several goes to the first of them: whoever works in the CMS comes for that most days.
    """
    if user.is_superuser or has_role(user, *CMS_ROLES):
        return "/admin/"
    if has_role(user, Role.EXPERT):
        return "/review/"
    return "/my/"


def may_manage_people(user: User) -> bool:
    """Return whether the person keeps units, posts and accounts: the office, and superusers."""
    return is_school_union(user) or (user.is_active and user.is_superuser)


def may_read_people(user: User) -> bool:
    """Return whether the person may read the registers of units, posts, people and the audit records."""
    return may_manage_people(user) or has_role(user, Role.AUDITOR)


def may_manage_person(actor: User, person: User) -> bool:
    """Return whether somebody may change another's account, its password and e-mail address included.

    Accounts that reach the CMS are a superuser's to manage. Otherwise an office member could take over the three
    reviewers' accounts, and with them the rule that no two stages of 三审三校 are one person's.
    """
    if actor.is_active and actor.is_superuser:
        return True
    return may_manage_people(actor) and not person.is_superuser and not (person.roles & CMS_ROLES)
