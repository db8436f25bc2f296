"""A page is previewed before it has been saved for the first time."""

import pytest
from wagtail.models import Page

from portal.cms.models import NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "index"), [(NoticePage, NoticeIndexPage), (PolicyPage, PolicyIndexPage)]
)
def test_a_new_page(model, index):
    assert "新写的标题" in preview(model(title="新写的标题", slug="new"), index.objects.get())


def preview(page, parent):
    """Return the preview of a page that is not stored, as the editor asks for it below its parent."""
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[1]
    page.set_url_path(parent)
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert response.status_code == 200
    return response.render().content.decode()
