"""First installation: the groups behind the roles, and the first account."""

from django.contrib.auth.models import Group

from .models import Role, RoleGroup, User
from .passwords import give_initial_passwords


def set_up_roles() -> str:
    """Create the group of every role that has none. Returns a line for the report."""
    for role in Role:
        if not RoleGroup.objects.filter(code=role).exists():
            group, _created = Group.objects.get_or_create(name=str(role.label))
            RoleGroup.objects.create(code=role, group=group)
    # Wagtail's own two groups may publish; here publishing belongs to the workflow alone.
    Group.objects.filter(name__in=["Moderators", "Editors"], role_group__isnull=True).delete()
    return f"用户组 groups: {RoleGroup.objects.count()}"


def first_account() -> str:
    """Create the first superuser where nobody has an account yet.

    Returns:
        A line for the report: the account with its initial password, or that there are accounts already.
    """
    if User.objects.exists():
        return f"账号 accounts: {User.objects.count()}"
    admin = User.objects.create(username="admin", name="系统管理员", is_superuser=True)
    ((_admin, password),) = give_initial_passwords([admin])
    return f"首个账号 first account: admin  初始密码 initial password: {password}  （登录后须修改）"
