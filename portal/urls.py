"""Every address of the portal. Only this module and the settings name all apps."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.messaging import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    # Choosing a language changes nothing of value; without a token in its form anonymous pages can be kept in a cache.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("", include("portal.units.urls")),
    path("my/", include("portal.workspace.urls")),
    path("my/", include("forms_app.urls")),
    path("review/", include("forms_app.review_urls")),
    path("objection/", include("forms_app.objection_urls")),
    path("calls/", include("forms_app.call_urls")),
    path("", include("brands.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("portal.cms.urls")),
    path("", include(wagtail_urls)),
]
