"""The register of messages in the CMS."""

from wagtail_modeladmin.options import modeladmin_register

from .register import MessageRegister

modeladmin_register(MessageRegister)
