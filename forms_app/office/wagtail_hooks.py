"""What the office's screens register with Wagtail: addresses, menu, desk, what is due."""

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail_modeladmin.options import modeladmin_register

from ..admin.registers import EntryRegister
from ..admin.settings import SettingsGroup
from ..models import FormDefinition
from ..set_up import set_up_office
from .desk import show_the_year
from .due import due_for_expert, due_for_office
from .first_steps import first_steps
from .gate import ForReaders

hooks.register("set_up", set_up_office, order=34)
hooks.register("due_for_person", first_steps, order=0)
hooks.register("due_for_person", due_for_office, order=20)
hooks.register("due_for_person", due_for_expert, order=30)
hooks.register("construct_homepage_panels", show_the_year, order=40)
modeladmin_register(EntryRegister)


@hooks.register("register_admin_urls")
def office_urls() -> list[Any]:
    """The office's screens below /admin/office/."""
    return [path("office/", include("forms_app.office.urls"))]


@hooks.register("register_snippet_listing_buttons")
def template_button(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """The way from a form to the office's own paper for it."""
    if not isinstance(snippet, FormDefinition):
        return []
    address = reverse("office:template", args=[snippet.pk])
    return [Button(_("表格模板"), url=address, icon_name="doc-full-inverse", priority=35)]


@hooks.register("register_admin_viewset")
def settings_group() -> SettingsGroup:
    """What is settled once a year."""
    return SettingsGroup()


@hooks.register("register_admin_menu_item")
def calls_item() -> MenuItem:
    """Calls and their entries."""
    return ForReaders(
        _("申报与评审"), reverse("office:calls"), icon_name="clipboard-list", order=300
    )


@hooks.register("register_admin_menu_item")
def objections_item() -> MenuItem:
    """Objections to public notices."""
    return ForReaders(_("公示异议"), reverse("office:objections"), icon_name="openquote", order=310)
