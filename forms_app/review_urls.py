"""Addresses of the experts' pages, below /review/."""

from django.urls import path

from .views import review

app_name = "review"
urlpatterns = [
    path("", review.index, name="index"),
    path("next/", review.next_one, name="next"),
    path("<int:pk>/", review.entry, name="entry"),
    path("<int:pk>/confirm/", review.confirm, name="confirm"),
    path("<int:pk>/recuse/", review.recuse, name="recuse"),
]
