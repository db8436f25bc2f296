"""Addresses of the experts' pages, below /review/."""

from django.urls import path

from .views import review, scoring

app_name = "review"
urlpatterns = [
    path("", review.index, name="index"),
    path("next/", review.next_one, name="next"),
    path("overview/", review.overview, name="overview"),
    path("enter/<str:token>/", review.enter, name="enter"),
    path("<int:pk>/", scoring.entry, name="entry"),
    path("<int:pk>/save/", scoring.save, name="save"),
    path("<int:pk>/choose/", scoring.choose, name="choose"),
    path("<int:pk>/confirm/", scoring.confirm, name="confirm"),
    path("<int:pk>/recuse/", scoring.recuse, name="recuse"),
]
