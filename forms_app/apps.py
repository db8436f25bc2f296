from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsAppConfig(AppConfig):
    name = "forms_app"
    label = "forms_app"
    verbose_name = _("申报与评审")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the lifecycles and what they tell, register the lists of the forms and the jobs, freeze what is published."""
        from . import api_description, form_sources, receivers, states  # noqa: F401
        from .paper import pack  # noqa: F401 - the background job
