"""What the brands' room registers with Wagtail."""

from wagtail import hooks

from .set_up import set_up_wall

hooks.register("set_up", set_up_wall, order=40)
