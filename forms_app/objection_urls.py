"""Addresses at which the public objects to what is in public notice, below /objection/."""

from django.urls import path

from .views import objection

app_name = "objection"
urlpatterns = [
    path("<int:pk>/", objection.object_, name="object"),
    path("thanks/", objection.thanks, name="thanks"),
]
