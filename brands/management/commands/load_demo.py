"""The demo that shows the product: everything walked through the verbs that people use, with the clock moved."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from brands.demo import cast, people, policies, site
from brands.demo.finished import FinishedYear, Plan
from brands.demo.line import lines
from brands.demo.running import RunningYear
from brands.demo.walking import posts_of
from brands.models import DemoStep
from forms_app.models import Entry, ProgrammeYear
from portal.messaging.models import Message
from portal.units.models import Unit


class Command(BaseCommand):
    help = "Load the demo into an empty database (after set_up). Safe to run again; refuses a database with real data."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let `make run` ask at every start."""
        parser.add_argument(
            "--unless-real",
            action="store_true",
            help="do nothing, instead of refusing, where the database holds real data",
        )

    def handle(self, *args: object, unless_real: bool, **options: object) -> None:
        """Load the steps that are missing, each in a transaction of its own.

        Raises:
            CommandError: the database holds units or entries that are not the demo's.
        """
        done = set(DemoStep.objects.values_list("name", flat=True))
        if not done and (Unit.objects.exists() or Entry.objects.exists()):
            if unless_real:
                return
            raise CommandError(
                "数据库里已有真实的单位或申报，不能载入演示数据。 This database holds real units or entries; the demo stays out."
            )
        steps = [step for step in STEPS if step[0] not in done]
        if not steps:
            self._say("演示数据已经载入，没有要做的。 The demo is loaded, nothing to do.")
        with translation.override("zh-hans"):
            for name, load in steps:
                began = time.monotonic()
                self._say(f"演示数据 Demo：{name} …")
                with transaction.atomic(), disable_reference_index_auto_update():
                    load(timezone.localdate(), lambda line: self._say(f"  {line}"))
                    DemoStep.objects.create(name=name, loaded_at=timezone.now())
                self._say(f"  {time.monotonic() - began:.1f} s")
            if steps:
                # Once at the end instead of at each of some thousand saves; it says which page shows which picture.
                call_command("rebuild_references_index", verbosity=0)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _school(today: date, say: Callable[[str], None]) -> None:
    units = people.load_units()
    people.load_people(units, since=date(today.year - 3, 9, 1))
    say(f"单位 units: {len(units)}")
    site.settle_site()
    say(
        f"文件 policies: {policies.publish_policies(today.year - 2, today.year - 1, people.office())}"
    )


def _year_before_last(today: date, say: Callable[[str], None]) -> None:
    _finished(
        say,
        Plan(
            year=today.year - 2,
            established=cast.FIRST_YEAR,
            rejected=cast.REJECTED[0],
            withdrawn=cast.WITHDRAWN[0],
            returned=cast.RETURNED_AND_SENT_AGAIN[0],
            adjusted=cast.ADJUSTED[0],
            awards=cast.FIRST_AWARDS,
            split=_lasting(),
            rectified=cast.RECTIFIED,
            archived=True,
        ),
    )


def _last_year(today: date, say: Callable[[str], None]) -> None:
    _finished(
        say,
        Plan(
            year=today.year - 1,
            established=cast.SECOND_YEAR,
            rejected=cast.REJECTED[1],
            withdrawn=cast.WITHDRAWN[1],
            returned=cast.RETURNED_AND_SENT_AGAIN[1],
            adjusted=cast.ADJUSTED[1],
            awards=cast.SECOND_AWARDS,
            second_half=_lasting(),
            failed=cast.FAILED,
        ),
    )


def _this_year(today: date, say: Callable[[str], None]) -> None:
    RunningYear(
        today=today,
        office=people.office(),
        posts=posts_of(Unit.objects.all()),
        say=say,
    ).load()
    people.give_addresses()
    # Who looks in once a week has read what is older.
    Message.objects.filter(created_at__lt=_days_ago(8)).update(read_at=timezone.now())


STEPS: tuple[tuple[str, Callable[[date, Callable[[str], None]], Any]], ...] = (
    ("学校与人员", _school),
    ("前年", _year_before_last),
    ("去年", _last_year),
    ("今年", _this_year),
)


def _finished(say: Callable[[str], None], plan: Plan) -> None:
    office = people.office()
    FinishedYear(
        plan=plan,
        office=office,
        posts=posts_of(Unit.objects.all()),
        say=say,
    ).load()
    year = ProgrammeYear.objects.get(year=plan.year)
    say(f"通知 notices: {site.publish_notices_of(year, office)}")


def _lasting() -> tuple[str, ...]:
    """Return the units that carried their brand through both finished years."""
    return tuple(
        unit
        for unit in cast.FIRST_YEAR
        if unit in cast.SECOND_YEAR and len(lines()[unit].events) > 10
    )


def _days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)
