"""The groups behind the roles."""

from django.contrib.auth.models import Group

from .models import Role, RoleGroup


def set_up_roles() -> str:
    """Create the group of every role that has none. Returns a line for the report."""
    for role in Role:
        if not RoleGroup.objects.filter(code=role).exists():
            group, _created = Group.objects.get_or_create(name=str(role.label))
            RoleGroup.objects.create(code=role, group=group)
    # Wagtail's own two groups may publish; here publishing belongs to the workflow alone.
    Group.objects.filter(name__in=["Moderators", "Editors"], role_group__isnull=True).delete()
    return f"用户组 groups: {RoleGroup.objects.count()}"
