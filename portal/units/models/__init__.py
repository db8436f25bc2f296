from .audit import AuditAction, AuditRecord, AuditResult
from .membership import Membership, Post
from .people_import import PeopleImport
from .role import Role, RoleGroup
from .tries import SignInTries
from .unit import Unit, UnitKind
from .user import User

__all__ = [
    "AuditAction",
    "AuditRecord",
    "AuditResult",
    "Membership",
    "PeopleImport",
    "Post",
    "Role",
    "RoleGroup",
    "SignInTries",
    "Unit",
    "UnitKind",
    "User",
]
