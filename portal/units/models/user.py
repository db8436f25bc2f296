"""The people: one account per person, matched by staff number, never by name."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.pinyin import sort_key


class SpelledName(models.CharField):
    """The pinyin of a person's name, by which lists of people are sorted; written whenever the person is."""

    def pre_save(self, model_instance: "User", add: bool) -> str:
        """Spell the name anew."""
        model_instance.name_spelled = sort_key(model_instance.name)
        return model_instance.name_spelled


class User(AbstractUser):
    """A person who signs in. Nobody registers himself; the office imports or creates accounts."""

    first_name = None
    last_name = None
    name = models.CharField(_("姓名"), max_length=40)
    name_spelled = SpelledName(max_length=280, default="", editable=False, db_index=True)
    staff_no = models.CharField(_("工号"), max_length=20, unique=True, null=True, blank=True)  # noqa: DJ001 - unique where present
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)

    REQUIRED_FIELDS = ["name"]

    # Nobody asks what refers to a person; Wagtail would look through every message and record after it is saved.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["name_spelled", "name", "pk"]

    def __str__(self) -> str:
        return self.name or self.username

    def clean(self) -> None:
        """Store an empty staff number as NULL, so that several people may have none.

        Raises:
            ValidationError: one person's user name would be another's staff number; both serve to sign in.
        """
        super().clean()
        self.staff_no = self.staff_no or None
        others = User.objects.exclude(pk=self.pk)
        if self.staff_no and others.filter(username=self.staff_no).exists():
            raise ValidationError({"staff_no": _("这个工号已经是另一个账号的用户名。")})
        if others.filter(staff_no=self.username).exists():
            raise ValidationError({"username": _("这个用户名已经是另一个人的工号。")})

    def get_full_name(self) -> str:
        """Return the person's name (Wagtail and allauth ask by this method)."""
        return self.name

    def get_short_name(self) -> str:
        """Return the person's name; Chinese names are not shortened."""
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The office-side roles this person holds, read once per request (one query; none where a list has read the groups,
        nor for most who sign in: `backends` has seen that they hold none)."""
        if not getattr(self, "holds_role", True):
            return frozenset()
        if "groups" in getattr(self, "_prefetched_objects_cache", {}):
            groups = [group for group in self.groups.all() if hasattr(group, "role_group")]
            return frozenset(group.role_group.code for group in groups)
        return frozenset(
            self.groups.filter(role_group__isnull=False).values_list("role_group__code", flat=True)
        )

    @cached_property
    def posts(self) -> tuple["Membership", ...]:  # noqa: F821
        """The posts this person holds today, with their units, read once per request (one query)."""
        return tuple(self.memberships.current().select_related("unit"))
