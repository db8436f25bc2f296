from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandsConfig(AppConfig):
    name = "brands"
    label = "brands"
    verbose_name = _("品牌")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the lifecycle, follow the applications, tell the form engine what it can ask here."""
        from . import api_description, form_sources, receivers, states  # noqa: F401
        from .public import addresses  # noqa: F401
