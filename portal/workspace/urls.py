"""Addresses of the workspace's own pages, below /my/."""

from django.urls import path

from . import job_views, views

app_name = "workspace"
urlpatterns = [
    path("", views.due, name="due"),
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/<int:pk>/", views.open_message, name="open_message"),
    path("jobs/", job_views.index, name="jobs"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/file/", job_views.file, name="job_file"),
]
