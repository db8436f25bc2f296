"""First installation, and every later one: creates what is missing, changes nothing the office has edited."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from wagtail import hooks

from portal.units.set_up import first_account


class Command(BaseCommand):
    help = "Create the site tree, groups, workflow, categories, default forms and rubrics. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the demo, which brings accounts of its own, do without the first account."""
        parser.add_argument(
            "--without-account", action="store_true", help="do not create the first account"
        )

    def handle(self, *args: object, without_account: bool, **options: object) -> None:
        """Ask every app for its part, lowest floor first, each in a transaction of its own."""
        call_command("createcachetable", verbosity=0)
        for part in hooks.get_hooks("set_up"):
            with transaction.atomic():
                self.stdout.write(f"  {part()}")
        if not without_account:
            self.stdout.write(f"  {first_account()}")
