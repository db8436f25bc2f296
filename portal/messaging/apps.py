from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "portal.messaging"
    label = "messaging"
    verbose_name = _("消息")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the sign-in send its links by mail."""
        from . import password_links  # noqa: F401
