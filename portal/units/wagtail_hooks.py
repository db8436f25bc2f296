"""What the ground floor registers with Wagtail."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .admin import PeopleGroup
from .set_up import set_up_roles
from .user_admin import initial_password_button, refuse_deleting
from .views import importing, people

hooks.register("set_up", set_up_roles, order=10)
hooks.register("register_user_listing_buttons", initial_password_button)
hooks.register("before_delete_user", refuse_deleting)
modeladmin_register(PeopleGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """The import and what is done with single accounts."""
    return [
        path("units/import/", importing.start, name="units_import"),
        path("units/import/template/", importing.template, name="units_import_template"),
        path("units/import/<int:upload_pk>/", importing.check, name="units_import_check"),
        path(
            "units/import/<int:upload_pk>/passwords/",
            importing.passwords,
            name="units_import_passwords",
        ),
        path(
            "units/people/<int:person_pk>/initial-password/",
            people.initial_password,
            name="units_initial_password",
        ),
        path("units/people/<int:person_pk>/active/", people.activate, name="units_activate"),
    ]


@hooks.register("before_bulk_action")
def refuse_deleting_many(request: Any, action_type: str, objects: Any, action: Any) -> Any:
    """Keep accounts here too."""
    if action_type == "delete" and action.model._meta.label == "units.User":
        return refuse_deleting(request)
    return None
