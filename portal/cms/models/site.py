"""What the head and foot of every page say about the union."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting):
    """The school union's particulars, edited by the office."""

    union_name = models.CharField(_("工会名称"), max_length=60, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    school_home_url = models.URLField(_("学校首页"), blank=True)

    watched_words = models.TextField(
        _("送审提示词"),
        blank=True,
        help_text=_("每行一个。页面里出现这些词时，编辑、单位和审核人会看到提示，不影响送审。"),
    )

    @classmethod
    def for_request(cls, request: HttpRequest) -> "SiteSettings":
        """Return the particulars, kept on the request as Wagtail keeps them (one query: the portal is one site)."""
        kept = cls.get_cache_attr_name()
        if not hasattr(request, kept) and (
            found := cls.objects.filter(site__is_default_site=True).first()
        ):
            setattr(request, kept, found)
        return super().for_request(request)

    class Meta:
        verbose_name = _("网站信息")
