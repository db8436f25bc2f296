"""What the ground floor registers with Wagtail."""

from wagtail import hooks

from .set_up import set_up_roles

hooks.register("set_up", set_up_roles, order=10)
