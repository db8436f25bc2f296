"""The wall of brands."""

from portal.cms.set_up import ensure_child, home_page

from .models import BrandIndexPage


def set_up_wall() -> str:
    """Create the brands' index page. Returns a line for the report."""
    ensure_child(home_page(), BrandIndexPage(title="品牌风采", slug="brands"))
    return "品牌风采 brands: /brands/"
