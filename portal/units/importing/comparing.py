"""Comparing the workbook's rows with what is stored: what is new, what changes field by field, what stays."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Membership, Post, Unit, UnitKind, User
from ..permissions import CMS_ROLES
from .reading import COLUMNS, PEOPLE, UNITS, Problem, Reading

POSTS = "任职"
SINGLE = (Post.CHAIR, Post.PARTY)  # posts that one person holds


@dataclass(frozen=True)
class Difference:
    """One field of an existing object that the workbook changes; both values as people read them."""

    key: str
    label: str
    before: str
    after: str


@dataclass
class Item:
    """One unit, person or term of office of the workbook.

    Attributes:
        row: the row that first names it.
        title: what to call it.
        key: what it is matched by: a unit's code, a person's staff number, or (staff number, unit code, post).
        values: the fields to store.
        stored: the existing object, None where it is new.
        differences: what changes; empty for a new object.
        remark: what the office should look at; it keeps nothing from being applied.
    """

    row: int
    title: str
    key: Any
    values: dict[str, Any]
    stored: Model | None = None
    differences: list[Difference] = field(default_factory=list)
    remark: str = ""

    @property
    def state(self) -> str:
        """Return "new", "changed" or "same"."""
        if self.stored is None:
            return "new"
        return "changed" if self.differences else "same"


@dataclass
class Plan:
    """What applying the workbook would do. Nothing is applied while there are problems."""

    items: dict[str, list[Item]] = field(default_factory=lambda: {UNITS: [], PEOPLE: [], POSTS: []})
    problems: list[Problem] = field(default_factory=list)

    def count(self, sheet: str, state: str) -> int:
        """Return how many items of a sheet are "new", "changed" or "same"."""
        return sum(item.state == state for item in self.items[sheet])

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the workbook is stored already."""
        return all(item.state == "same" for items in self.items.values() for item in items)

    def digest(self) -> str:
        """Return a hash of everything that the dry run shows; any change of data in between changes it."""
        shown = [
            [
                sheet,
                str(item.key),
                item.state,
                item.values,
                [vars(d) for d in item.differences],
                item.remark,
            ]
            for sheet, items in self.items.items()
            for item in items
        ]
        return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()


Row = tuple[
    int, dict[str, Any], frozenset[str]
]  # its number, its values, the keys of cells that could not be read
Trouble = tuple[str, str]  # the column's heading, what is wrong


def compare(reading: Reading, *, actor: User) -> Plan:
    """Compare what was read with what is stored.

    Args:
        reading: rows and problems of the workbook.
        actor: the importer; accounts that reach the CMS are changed by superusers only.

    Returns:
        The plan, with the reading's problems and its own, all at once and in the order of the rows.
    """
    plan = Plan(problems=list(reading.problems))
    _compare_units(_rows_of(reading, UNITS), plan)
    people = _rows_of(reading, PEOPLE)
    _compare_people(people, plan, actor)
    _compare_posts(people, plan, _codes_in(reading))
    plan.problems.sort(key=_place)
    return plan


def _rows_of(reading: Reading, sheet: str) -> list[Row]:
    """Return all rows in their order: what can be said of a row is said, also where one of its cells cannot be read."""
    sound = [(row, values, frozenset()) for row, values in reading.rows.get(sheet, [])]
    return sorted([*sound, *reading.partly.get(sheet, [])], key=lambda row: row[0])


def _codes_in(reading: Reading) -> set[str] | None:
    """Return the codes of the units that the workbook names; None where its sheet of units could not be read at all."""
    if any(problem.sheet == UNITS and problem.row <= 1 for problem in reading.problems):
        return None
    return {values["code"] for _row, values, _bad in _rows_of(reading, UNITS) if "code" in values}


def _place(problem: Problem) -> tuple[int, int, int]:
    """Return where a problem stands: sheet, row, column."""
    sheets = list(COLUMNS)
    if problem.sheet not in sheets:
        return (-1, 0, 0)
    titles = [column.title for column in COLUMNS[problem.sheet]]
    column = titles.index(problem.column) if problem.column in titles else len(titles)
    return (sheets.index(problem.sheet), problem.row, column)


def _compare_units(rows: list[Row], plan: Plan) -> None:
    stored = {unit.code: unit for unit in Unit.objects.select_related("host")}
    names = {unit.name: unit.code for unit in stored.values()}
    codes = set(stored) | {values["code"] for _row, values, _bad in rows if "code" in values}
    seen: dict[str, int] = {}
    for row, values, bad in rows:
        code, name = values.get("code"), values.get("name")
        unit = stored.get(code)
        troubles = [
            code and _repeated(seen, code, row, "代码"),
            code and name and _name_taken(names, name, code),
            not bad & {"kind", "is_disciplinary"} and _not_disciplinary(values, unit),
            _no_host(values, codes),
        ]
        found = [Problem(trouble[1], UNITS, row, trouble[0]) for trouble in troubles if trouble]
        plan.problems += found
        if code and name:
            names.setdefault(name, code)
        if found or bad:
            continue
        given = {key: value for key, value in values.items() if value != ""}
        before = {key: getattr(unit, key) for key in given if key != "host"} if unit else {}
        if unit and "host" in given:
            before["host"] = unit.host.code if unit.host else ""
        plan.items[UNITS].append(_item(UNITS, row, name, code, given, unit, before))


def _repeated(seen: dict[Any, int], key: Any, row: int, column: str) -> Trouble | None:
    if key in seen:
        return column, _("与第 %(row)d 行重复。") % {"row": seen[key]}
    seen[key] = row
    return None


def _name_taken(names: dict[str, str], name: str, code: str) -> Trouble | None:
    if names.get(name, code) != code:
        return "名称", _("这个名称已经属于代码为 %(code)s 的单位。") % {"code": names[name]}
    return None


def _not_disciplinary(values: dict, unit: Unit | None) -> Trouble | None:
    disciplinary = values.get("is_disciplinary", "")
    if disciplinary == "":
        disciplinary = unit.is_disciplinary if unit else False
    if disciplinary and values["kind"] != UnitKind.COLLEGE:
        return "学科性学院", _("只有学院工会可以是学科性学院。")
    return None


def _no_host(values: dict, codes: set[str]) -> Trouble | None:
    host = values.get("host", "")
    if host and host not in codes:
        return "挂靠单位代码", _("没有代码为 %(code)s 的单位。") % {"code": host}
    if host and host == values.get("code"):
        return "挂靠单位代码", _("单位不能挂靠自己。")
    return None


def _compare_people(rows: list[Row], plan: Plan, actor: User) -> None:
    numbers = {values["staff_no"] for _row, values, _bad in rows if "staff_no" in values}
    stored = {user.staff_no: user for user in User.objects.exclude(staff_no=None)}
    usernames = dict(User.objects.values_list("username", "staff_no"))
    without_zeros = {number.lstrip("0"): number for number in stored if number.startswith("0")}
    guarded = _accounts_of_the_cms(numbers) if not actor.is_superuser else set()
    first: dict[str, tuple[int, dict]] = {}
    for row, values, bad in rows:
        number = values.get("staff_no")
        if not number:
            continue
        given = {
            key: values[key]
            for key in ("staff_no", "name", "phone", "email")
            if values.get(key, "") != ""
        }
        if number in first:
            plan.problems += _contradictions(first[number], given, row)
            continue
        first[number] = (row, given)
        person = stored.get(number)
        if person is None and (trouble := _not_a_new_person(number, usernames, without_zeros)):
            plan.problems.append(Problem(trouble, PEOPLE, row, "工号"))
            continue
        if bad:
            continue
        before = {key: getattr(person, key) for key in given} if person else {}
        item = _item(PEOPLE, row, f"{given['name']}（{number}）", number, given, person, before)
        if item.differences and person.pk in guarded:
            message = _("此人的账号能进入管理后台，资料只能由系统管理员修改。")
            plan.problems.append(Problem(message, PEOPLE, row, item.differences[0].label))
        plan.items[PEOPLE].append(item)


def _accounts_of_the_cms(numbers: set[str]) -> set[int]:
    """Return the ids of the superusers and of those whose roles reach the CMS; a thousand people in two queries."""
    by_role = User.objects.filter(groups__role_group__code__in=CMS_ROLES)
    superusers = User.objects.filter(is_superuser=True)
    return {
        pk
        for people in (by_role, superusers)
        for pk, number in people.values_list("pk", "staff_no")
        if number in numbers
    }


def _contradictions(first: tuple[int, dict], given: dict, row: int) -> list[Problem]:
    """Return what a person's later row says differently from his first."""
    first_row, before = first
    words = _("与第 %(row)d 行同一工号的人不一致。") % {"row": first_row}
    return [
        Problem(words, PEOPLE, row, column.title)
        for column in COLUMNS[PEOPLE]
        if column.key in given and before.get(column.key, given[column.key]) != given[column.key]
    ]


def _not_a_new_person(
    number: str, usernames: dict[str, str], without_zeros: dict[str, str]
) -> str | None:
    if number in without_zeros:
        return _("工号的前导零可能被 Excel 去掉了：系统里有 %(number)s。请把这一列设为文本。") % {
            "number": without_zeros[number]
        }
    if number in usernames:
        return _("这个工号已经是另一个账号的用户名。")
    return None


def _compare_posts(rows: list[Row], plan: Plan, codes: set[str] | None) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    names = {code: unit.name for code, unit in units.items()}
    names |= {item.key: item.values["name"] for item in plan.items[UNITS]}
    terms: dict[tuple, list[Membership]] = {}
    for term in Membership.objects.select_related("user", "unit").order_by("since"):
        terms.setdefault((term.user.staff_no, term.unit.code, term.post), []).append(term)
    seen: dict[tuple, int] = {}
    for row, values, bad in rows:
        unit, post = values.get("unit", ""), values.get("post", "")
        if not unit and not post:
            continue
        number = values.get("staff_no")
        key = (number, unit, post)
        troubles = [
            not bad & {"unit", "post"} and _half_a_post(unit, post),
            unit and codes is not None and unit not in codes | set(names) and _unknown_unit(unit),
            not bad and _repeated(seen, (*key, values.get("since", "")), row, "职务"),
        ]
        found = [Problem(trouble[1], PEOPLE, row, trouble[0]) for trouble in troubles if trouble]
        plan.problems += found
        if found or not number or bad & {"unit", "post", "since", "until"}:
            continue
        title = f"{values.get('name', number)} · {names.get(unit, unit)} · {post.label}"
        _compare_term(row, title, key, values, terms, plan)
    _remark_on_doubles(plan, terms)


def _remark_on_doubles(plan: Plan, terms: dict[tuple, list[Membership]]) -> None:
    """Say where a unit would have two chairs or two party secretaries at once: one of them has probably left."""
    today = timezone.localdate()
    held: dict[tuple, dict[str, str]] = {}
    for (number, unit, post), known in terms.items():
        for term in known:
            if term.pk and term.overlaps(today, None):
                held.setdefault((unit, post), {})[number] = term.user.name
    for item in plan.items[POSTS]:
        number, unit, post = item.key
        others = {key: name for key, name in held.get((unit, post), {}).items() if key != number}
        ending = {
            one.key[0]
            for one in plan.items[POSTS]
            if one.key[1:] == (unit, post) and one.values.get("until")
        }
        still = [name for key, name in others.items() if key not in ending]
        if post in SINGLE and item.state == "new" and not item.values.get("until") and still:
            item.remark = _("%(names)s现在也任这一职务；已换届的，请填上他的任职止。") % {
                "names": "、".join(still)
            }


def _half_a_post(unit: str, post: str) -> Trouble | None:
    if unit and not post:
        return "职务", _("填了单位代码，也要填职务。")
    if post and not unit:
        return "单位代码", _("填了职务，也要填单位代码。")
    return None


def _unknown_unit(unit: str) -> tuple[str, str]:
    return "单位代码", _("没有代码为 %(code)s 的单位。") % {"code": unit}


def _compare_term(
    row: int, title: str, key: tuple, values: dict, terms: dict[tuple, list[Membership]], plan: Plan
) -> None:
    """Match a row with a term of office: by its first day, or the running one where no day is given."""
    today = timezone.localdate()
    since, until = values.get("since", ""), values.get("until", "")
    known = terms.setdefault(key, [])
    running = [term for term in known if term.until is None or term.until >= today]
    starting_then = [term for term in known if term.since == since]
    term = next(iter(starting_then if since else running[-1:]), None)
    begins = term.since if term else since or today
    ends = until or (term.until if term else None)
    trouble = _impossible_term(begins, ends, [other for other in known if other is not term])
    if trouble:
        plan.problems.append(Problem(trouble[1], PEOPLE, row, trouble[0]))
        return
    given = {"since": begins, **({"until": until} if until else {})}
    before = {name: getattr(term, name) for name in given} if term else {}
    plan.items[POSTS].append(_item(PEOPLE, row, title, key, given, term, before))
    if term is None:
        # The next row of the workbook must not overlap this one.
        known.append(Membership(post=key[2], since=begins, until=ends))


def _impossible_term(begins: date, ends: date | None, others: list[Membership]) -> Trouble | None:
    if ends and ends < begins:
        return "任职止", _("任职结束日期不能早于开始日期 %(since)s。") % {"since": begins}
    for other in others:
        if other.overlaps(begins, ends):
            return "任职起", _("与此人同一职务的任期（%(term)s）重叠。") % {"term": other.term}
    return None


def _item(
    sheet: str,
    row: int,
    title: str,
    key: Any,
    given: dict[str, Any],
    stored: Model | None,
    before: dict[str, Any],
) -> Item:
    labels = {column.key: column.title for column in COLUMNS[sheet]}
    differences = [
        Difference(name, labels[name], _shown(name, before[name]), _shown(name, value))
        for name, value in given.items()
        if stored and before[name] != value
    ]
    return Item(row, title, key, given, stored, differences)


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "kind":
        return str(UnitKind(value).label)
    return "—" if value in ("", None) else str(value)
