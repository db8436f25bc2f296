"""First installation, and every later one: creates what is missing, changes nothing the office has edited."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail import hooks


class Command(BaseCommand):
    help = "Create the site tree, groups, workflow, categories, default forms and rubrics. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        """Ask every app for its part, lowest floor first, each in a transaction of its own."""
        call_command("createcachetable", verbosity=0)
        for part in hooks.get_hooks("set_up"):
            with transaction.atomic():
                self.stdout.write(f"  {part()}")
