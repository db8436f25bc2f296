"""Every address of the portal. Only this module and the settings name all apps."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.messaging import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.account.urls")),
    path("my/", include("portal.workspace.urls")),
    path("my/", include("forms_app.urls")),
    path("", include("brands.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
