"""What the office draws, and the immutable versions that entries are written in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from portal.append_only import AppendOnlyModel

from ..engine.blocks import body_blocks, rule_blocks, warning_blocks
from ..engine.forms import build_form
from ..engine.schema import Schema, compile_schema, digest
from ..engine.schema_checks import faults

CHECKED = "checked"  # the preview of a form that was sent empty


class FormKind(models.TextChoices):
    """The two forms of the programme (附件1 and 附件2 of the plan)."""

    APPLICATION = "application", _("申报表")
    SUMMARY = "summary", _("总结表")


class DrawingField(StreamField):
    """A StreamField whose blocks stay out of the migrations: the column is JSON whatever kinds there are.

    So adding a field kind is adding its module, and nothing else.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class FormDefinition(DraftStateMixin, PreviewableMixin, RevisionMixin, models.Model):
    """A form as the office designs it. Publishing freezes it into a FormVersion (`freezing.freeze`)."""

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=12, choices=FormKind)
    body = DrawingField(body_blocks(), verbose_name=_("内容"), blank=True, collapsed=True)
    rules = DrawingField(rule_blocks(), verbose_name=_("栏目之间的规则"), blank=True)
    warnings = DrawingField(warning_blocks(), verbose_name=_("提醒"), blank=True)

    class Meta:
        verbose_name = _("表单")
        verbose_name_plural = _("表单")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def schema(self) -> Schema:
        """The neutral schema of what is drawn now; entries use those of the versions."""
        return compile_schema(self.body, self.rules, self.warnings)

    @cached_property
    def latest_version(self) -> "FormVersion | None":
        """The version new entries are written in (one query), or None before the first publication.

        It is the one that holds the live content: whoever goes back to an earlier drawing gets its version again.
        """
        versions = list(self.versions.order_by("-number"))
        live = digest(self.schema)
        return next((one for one in versions if one.digest == live), next(iter(versions), None))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As a unit meets the form, and as it answers when something is missing."""
        return [("", _("单位填写时")), (CHECKED, _("没填就报送时"))]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """A desk first: that is where most fill in; then the phone."""
        return [
            {
                "name": "desk",
                "icon": "desktop",
                "device_width": 1280,
                "label": _("在电脑上看"),
            },
            {
                "name": "phone",
                "icon": "mobile-alt",
                "device_width": 390,
                "label": _("在手机上看"),
            },
        ]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Return the template that shows the form as a unit sees it."""
        return "forms_app/form/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Return the empty form of what is drawn now, with what is still to mend in it."""
        schema = self.schema
        return {
            **super().get_preview_context(request, mode_name),
            "form": build_form(schema, answers={}, strict=mode_name == CHECKED),
            "faults": faults(schema, kind=self.kind),
        }


class FormVersion(AppendOnlyModel):
    """A frozen form: a neutral schema with its labels. An entry renders for ever with the version it was written in."""

    definition = models.ForeignKey(
        FormDefinition, models.PROTECT, related_name="versions", verbose_name=_("表单")
    )
    number = models.PositiveIntegerField(_("版本号"))
    schema = models.JSONField(_("结构"))
    digest = models.CharField(_("摘要"), max_length=64)
    created_at = models.DateTimeField(_("发布时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("发布人"),
    )

    class Meta:
        verbose_name = _("表单版本")
        verbose_name_plural = _("表单版本")
        ordering = ["definition", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "number"], name="form_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["definition", "digest"], name="form_version_content_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} 第{self.number}版"
