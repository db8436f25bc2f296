"""Who may publish: nobody. The workflow's finish publishes what three reviewers approved (see `cms.moderation.publishing`)."""

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester


class NobodyPublishes(PagePermissionTester):
    """Wagtail's permissions without every one that changes what the public sees; superusers are no exception."""

    def can_publish(self) -> bool:
        """Refuse; with it go scheduling, privacy and unscheduling."""
        return False

    def can_unpublish(self) -> bool:
        """Refuse: the office takes a page down with a reason (`moderation.doors.take_down`)."""
        return False

    def can_publish_subpage(self) -> bool:
        """Refuse; with it go live copies and aliases."""
        return False

    def can_reorder_children(self) -> bool:
        """Refuse: lists follow dates, not an order by hand."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Return whether the page may be deleted: never while it or a page below it is public."""
        return not self._has_live_pages() and super().can_delete(ignore_bulk)

    def can_move_to(self, destination: Page) -> bool:
        """Return whether the page may be moved there: never while it or a page below it is public."""
        return not self._has_live_pages() and super().can_move_to(destination)

    def _has_live_pages(self) -> bool:
        # Asked twice for each row of the CMS's lists; most pages answer by themselves.
        if self.page.live or self.page.is_leaf():
            return self.page.live
        return self.page.get_descendants().live().exists()
