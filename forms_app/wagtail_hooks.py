"""What the application room registers with Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin.form_definitions import FormDefinitionViewSet
from .set_up import set_up_calls, set_up_categories, set_up_forms, set_up_rubrics

hooks.register("set_up", set_up_categories, order=30)
hooks.register("set_up", set_up_rubrics, order=31)
hooks.register("set_up", set_up_calls, order=32)
hooks.register("set_up", set_up_forms, order=33)
register_snippet(FormDefinitionViewSet)
