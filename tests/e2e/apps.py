from django.apps import AppConfig

from tests.e2e import clock


class EndToEndConfig(AppConfig):
    """Lets each process of the portal under test (web server, worker) follow the clock of the tests."""

    name = "tests.e2e"
    label = "e2e"

    def ready(self):
        """Start following the clock."""
        clock.follow()
