"""Every form of the CMS reads numbers as the portal's own forms do (`portal.typed_numbers`)."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override

from portal.typed_numbers import FigureField, WholeField

register_form_field_override(models.DecimalField, override={"form_class": FigureField})
register_form_field_override(models.IntegerField, override={"form_class": WholeField})
