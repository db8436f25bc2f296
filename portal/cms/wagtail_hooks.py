"""What the content room registers with Wagtail."""

from wagtail import hooks

from .set_up import set_up_permissions, set_up_site, set_up_workflow

hooks.register("set_up", set_up_site, order=20)
hooks.register("set_up", set_up_workflow, order=21)
hooks.register("set_up", set_up_permissions, order=22)
