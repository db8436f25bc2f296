"""The register of messages in the CMS."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .personal_data import messages_of
from .register import MessageRegister

modeladmin_register(MessageRegister)
hooks.register("personal_data", messages_of, order=10)
