"""The portal's addresses and an empty view, to compare with."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("bench-empty/", lambda request: HttpResponse("")),
    path("", include("portal.urls")),
]
