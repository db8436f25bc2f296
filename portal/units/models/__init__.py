from .membership import Membership, Post
from .role import Role, RoleGroup
from .unit import Unit, UnitKind
from .user import User

__all__ = ["Membership", "Post", "Role", "RoleGroup", "Unit", "UnitKind", "User"]
