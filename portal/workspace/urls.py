"""Addresses of the workspace's own pages, below /my/."""

from django.urls import path

from . import views

app_name = "workspace"
urlpatterns = [
    path("", views.due, name="due"),
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/<int:pk>/", views.open_message, name="open_message"),
]
