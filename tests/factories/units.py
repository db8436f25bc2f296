"""People and units for tests; all invented."""

import factory

from portal.units.models import Membership, Post, Role, RoleGroup, Unit, UnitKind, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"示例人{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    password = factory.django.Password("correct-Horse-9")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"unit{n}")
    name = factory.Sequence(lambda n: f"示例学院{n}工会")
    kind = UnitKind.COLLEGE
    is_disciplinary = factory.LazyAttribute(lambda unit: unit.kind == UnitKind.COLLEGE)
    order = factory.Sequence(lambda n: n)


def person_of(unit: Unit, post: Post = Post.OFFICER, **fields: object) -> User:
    """Return a new person who holds a post in the unit."""
    user = UserFactory(**fields)
    Membership.objects.create(user=user, unit=unit, post=post)
    return user


def person_with(*roles: Role, **fields: object) -> User:
    """Return a new person with roles of the school union."""
    user = UserFactory(**fields)
    user.groups.add(*[RoleGroup.objects.get(code=role).group for role in roles])
    return user
