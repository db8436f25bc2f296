"""The audit record of accounts: who signed in, failed, was locked out, changed a password (等级保护 level 2)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel


class AuditAction(models.TextChoices):
    """What was done."""

    SIGN_IN = "sign_in", _("登录")
    CAMPUS_SIGN_IN = "campus_sign_in", _("统一身份认证登录")
    SIGN_OUT = "sign_out", _("退出")
    LOCK = "lock", _("锁定")
    PASSWORD_CHANGE = "password_change", _("修改密码")
    PASSWORD_RESET = "password_reset", _("通过邮件重设密码")
    INITIAL_PASSWORD = "initial_password", _("发放初始密码")
    DEACTIVATE = "deactivate", _("停用账号")
    ACTIVATE = "activate", _("启用账号")
    IMPORT = "import", _("导入单位与人员")


class AuditResult(models.TextChoices):
    """How it ended."""

    SUCCESS = "success", _("成功")
    FAILURE = "failure", _("失败")


class AuditRecord(AppendOnlyModel):
    """One fact about an account. Kept for ever, thus longer than the 180 days that are asked for.

    People are deactivated, never deleted, so that a record keeps naming them.
    """

    at = models.DateTimeField(_("时间"), default=timezone.now)
    actor = models.ForeignKey(
        "units.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    person = models.ForeignKey(
        "units.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_records",
        verbose_name=_("账号"),
    )
    tried = models.CharField(_("输入的用户名"), max_length=150, blank=True)
    action = models.CharField(_("操作"), max_length=20, choices=AuditAction)
    result = models.CharField(
        _("结果"), max_length=10, choices=AuditResult, default=AuditResult.SUCCESS
    )
    ip = models.GenericIPAddressField(_("IP 地址"), null=True, blank=True)
    detail = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("安全审计记录")
        verbose_name_plural = _("安全审计记录")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "action", "at"], name="audit_by_person"),
            models.Index(fields=["tried", "action", "at"], name="audit_by_name_tried"),
            models.Index(fields=["ip", "action", "at"], name="audit_by_ip"),
            models.Index(fields=["-at"], name="audit_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.person or self.tried}"
