"""What a new installation says to those who set it up."""

import pytest
from wagtail.models import Site

from portal.cms.models import SiteSettings
from portal.units.models import Role
from portal.workspace.due import due_for
from tests.factories.forms import CallFactory, YearFactory
from tests.factories.units import UnitFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_a_new_installation_says_what_comes_first_until_it_is_done(client):
    admin = UserFactory(is_superuser=True)
    every = ["指定办公室和审核人", "填写网站信息", "导入单位与人员", "新建年度"]

    def cards(user):
        return [item.title for item in due_for(user)]

    assert cards(admin) == every
    client.force_login(admin)
    assert all(client.get(item.path, follow=True).status_code == 200 for item in due_for(admin))
    assert cards(UserFactory()) == cards(person_with(Role.AUDITOR)) == []
    assert cards(person_with(Role.SCHOOL_UNION)) == every[1:]
    assert "初审、复审、终审" in due_for(admin)[0].subject

    for role in (Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW):
        person_with(role)
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"union_name": "示例大学工会"}
    )
    UnitFactory()
    year = YearFactory()
    assert cards(admin) == ["起草第一份申报通知"]
    assert client.get(due_for(admin)[0].path).status_code == 200
    CallFactory(programme_year=year)
    assert cards(admin) == []
