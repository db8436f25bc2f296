from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"
    verbose_name = _("内容")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the workflow, tell it what keeps a page from being approved, compare Chinese sign by sign, look at the
        address of the files, and let the CMS read numbers as all forms do.
        """
        from wagtail.admin import compare

        from . import admin_numbers, checks, receivers  # noqa: F401
        from .models.workflow import register_bar
        from .moderation.differences import differences
        from .moderation.hints import consent_missing

        register_bar(consent_missing)
        compare.diff_text = differences
