from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UnitsConfig(AppConfig):
    default = True
    name = "portal.units"
    label = "units"
    verbose_name = _("单位与人员")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start listening to sign-ins and password changes, and look at the settings of the campus sign-in."""
        from . import receivers  # noqa: F401
        from .campus import checks  # noqa: F401


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user management with forms for people who have one name."""

    default = False
    user_viewset = "portal.units.user_admin.PeopleViewSet"
