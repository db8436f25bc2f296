"""The people of the demo. Every name, number and address is invented and can be told from a real one at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils.crypto import get_random_string

from portal.units.models import Membership, Post, Role, RoleGroup, Unit, User

from .cast import NAMED
from .line import Line, units

PASSWORD = "demo-2026-brand"  # noqa: S105 - told to everybody who starts the demo
DOMAIN = "example.edu"
SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "一二三四五六七八九"
ACCOUNTS = 130  # the first numbers belong to accounts, the next to the teams of the brands
TEAM = 5
STAFF = (
    ("office", "校工会办公室", (Role.SCHOOL_UNION,)),
    ("reviewer1", "初审", (Role.FIRST_REVIEW,)),
    ("reviewer2", "复审", (Role.SECOND_REVIEW,)),
    ("reviewer3", "终审", (Role.FINAL_REVIEW,)),
    *((f"expert{number}", "专家", (Role.EXPERT,)) for number in range(1, 8)),
    ("auditor", "审计", (Role.AUDITOR,)),
)
PAST_MEMBER, PAST_UNIT = (
    "expert7",
    "fx",
)  # shows that an expert stays away from a unit he once belonged to


@dataclass(frozen=True)
class Person:
    """Somebody who is named in a form without an account."""

    name: str
    staff_no: str
    phone: str
    email: str


@dataclass(frozen=True)
class Office:
    """Who acts for the school union."""

    clerk: User
    reviewers: tuple[User, User, User]
    experts: tuple[User, ...]


def person(number: int) -> Person:
    """Return an invented person; each number is somebody else."""
    # All surnames with 一 first, so that neighbours in a list differ in more than a numeral.
    given, surname = divmod(number, len(SURNAMES))
    staff_no = f"S{90000 + number}"
    return Person(
        name=f"示例·{SURNAMES[surname]}{GIVEN[given]}",
        staff_no=staff_no,
        phone=f"1380000{number:04d}",
        email=f"{staff_no.lower()}@{DOMAIN}",
    )


def team(line: Line) -> list[Person]:
    """Return who carries a brand, the leader first; the same people through the years."""
    first = ACCOUNTS + line.number * TEAM
    return [person(number) for number in range(first, first + TEAM)]


def load_units() -> dict[str, Unit]:
    """Create the units in the school's own order. Returns them by code."""
    made = {}
    for order, row in enumerate(units(), start=1):
        made[row["code"]] = Unit.objects.create(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            is_disciplinary=row["disciplinary"] == "1",
            party_organisation=row["party_organisation"],
            member_count=int(row["members"]),
            order=order * 10,
        )
    for row in units():
        if row["host"]:
            Unit.objects.filter(code=row["code"]).update(host=made[row["host"]])
    return made


def load_people(made: dict[str, Unit], *, since: date) -> None:
    """Create the accounts: the school union's, three posts for each unit, the auditor and a superuser.

    The named accounts sign in with the demo's password; the others cannot sign in. Nobody has an address yet: what happened
    years ago is kept in the inbox and mailed to nobody (see `give_addresses`).

    Args:
        made: the units by code.
        since: the day on which everybody's post begins.
    """
    numbers = count(1)
    # One hash for all: the password is public, and hashing it twenty times takes twenty times as long.
    known = make_password(PASSWORD)
    # `set_up` may have made a first account of this name.
    User.objects.update_or_create(
        username="admin",
        defaults={
            "name": "示例·系统管理员",
            "is_superuser": True,
            "password": known,
            "must_change_password": False,
        },
    )
    for username, title, roles in STAFF:
        number = username.removeprefix("expert") if username.startswith("expert") else ""
        user = _account(numbers, username, known, name=f"示例·{title}{number}")
        user.groups.add(*[RoleGroup.objects.get(code=role).group for role in roles])
    parties: dict[str, User] = {}
    # Associations come last in the school's order: the party opinion of each is its host's.
    for row in units():
        unit = made[row["code"]]
        for post in Post:
            holder = parties.get(row["host"]) if post == Post.PARTY else None
            if holder is None:
                username, password = _username(row["code"], post), "!"
                if row["code"] in NAMED or _hosts_named(row["code"], post):
                    password = known
                holder = _account(numbers, username, password)
            Membership.objects.create(user=holder, unit=unit, post=post, since=since)
            if post == Post.PARTY:
                parties[row["code"]] = holder
    Membership.objects.create(
        user=User.objects.get(username=PAST_MEMBER),
        unit=made[PAST_UNIT],
        post=Post.OFFICER,
        since=date(since.year - 3, 9, 1),
        until=date(since.year - 1, 8, 31),
    )


def give_addresses() -> None:
    """Give everybody an address of a reserved domain, now that the past is told."""
    people = list(User.objects.filter(email=""))
    for one in people:
        one.email = f"{one.username}@{DOMAIN}"
    User.objects.bulk_update(people, ["email"])


def office() -> Office:
    """Return who acts for the school union."""
    by_name = User.objects.in_bulk([username for username, *_rest in STAFF], field_name="username")
    return Office(
        clerk=by_name["office"],
        reviewers=(by_name["reviewer1"], by_name["reviewer2"], by_name["reviewer3"]),
        experts=tuple(by_name[f"expert{number}"] for number in range(1, 8)),
    )


def _username(code: str, post: Post) -> str:
    """Return `officer`, `chair2` … for the units of the named accounts, `gsgl-officer` … for the others.

    The third one's party opinion is its host's, so `party3` is the host's.
    """
    if code in NAMED and not (post == Post.PARTY and NAMED[code] == "3"):
        return f"{post}{NAMED[code]}"
    if _hosts_named(code, post):
        return f"{post}3"
    return f"{code}-{post}"


def _hosts_named(code: str, post: Post) -> bool:
    """Return whether a unit's party secretary signs for the association of `officer3`."""
    association = next(code for code, number in NAMED.items() if number == "3")
    host = next(row["host"] for row in units() if row["code"] == association)
    return post == Post.PARTY and code == host


def _account(numbers: Iterator[int], username: str, password: str, name: str = "") -> User:
    invented = person(next(numbers))
    if password == "!":  # noqa: S105 - the mark of an account that nobody can sign in to
        password = UNUSABLE_PASSWORD_PREFIX + get_random_string(40)
    return User.objects.create(
        username=username,
        name=name or invented.name,
        staff_no=invented.staff_no,
        phone=invented.phone,
        password=password,
    )
