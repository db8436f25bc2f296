"""The public addresses of the content room beside its pages."""

from django.urls import path
from django.views.generic import RedirectView
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents.views.serve import authenticate_with_password

from .headless.api import api_router, docs, not_there, openapi
from .headless.sitemap import PublicSitemap
from .views import files, public

urlpatterns = [
    path("search/", public.search, name="search"),
    path("search/suggest/", public.suggest, name="search_suggest"),
    path("feed/", public.PublicFeed(), name="feed"),
    path("feed/rss/", public.PublicRssFeed(), name="rss_feed"),
    path("sitemap.xml", sitemap, {"sitemaps": {"public": PublicSitemap}}, name="sitemap"),
    path("api/v2/", RedirectView.as_view(pattern_name="api_docs")),
    path("api/v2/", api_router.urls),
    path("api/v2/<path:rest>", not_there),
    path("api/docs/", docs, name="api_docs"),
    path("api/docs/openapi.json", openapi, name="openapi"),
    path("qr.svg", public.qr_code, name="qr_code"),
    path("robots.txt", public.robots, name="robots"),
    path("media/<path:path>", files.media, name="media"),
    # Where Wagtail's form for the documents of a collection with a password leads.
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    # Wagtail builds the addresses of documents with this name.
    path(
        "documents/<int:document_id>/<path:document_filename>",
        files.document,
        name="wagtaildocs_serve",
    ),
]
