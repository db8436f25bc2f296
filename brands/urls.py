"""Addresses of the brands: the unit's projects below /my/, the award lists and stand-ins beside the public pages."""

from django.urls import path

from .views import (
    activities,
    calendar,
    changes,
    materials,
    midterm,
    overview,
    page,
    page_saving,
    projects,
    promotion,
    public,
)

app_name = "brands"
_PROJECT = "my/projects/<slug:number>/"

urlpatterns = [
    path("brands/awards/<int:year>/", public.awards, name="awards"),
    path("brands/years/<int:year>/", overview.year, name="year"),
    path("brands/units/<slug:code>/", overview.unit, name="unit"),
    path("brands/calendar/", calendar.month, name="calendar"),
    path("brands/calendar.ics", calendar.feed, name="calendar_feed"),
    path("brands/stand-in/<slug:hue>/<int:seed>.jpg", public.stand_in_picture, name="stand_in"),
    path("brands/<slug:slug>/share.jpg", promotion.share_picture, name="share_picture"),
    path("brands/<slug:slug>/poster.jpg", promotion.drawing, {"name": "poster"}, name="poster"),
    path("brands/<slug:slug>/long.jpg", promotion.drawing, {"name": "long"}, name="long_picture"),
    path("brands/<slug:slug>/qr.svg", promotion.qr_code, name="qr_code"),
    path("brands/<slug:slug>/kit.zip", promotion.kit, name="kit"),
    path("my/projects/", projects.projects, name="projects"),
    path(_PROJECT, projects.project, name="project"),
    path(f"{_PROJECT}summary/", projects.start_summary, name="start_summary"),
    path(f"{_PROJECT}guidance/<int:pk>/read/", projects.read_guidance, name="read_guidance"),
    path(f"{_PROJECT}midterm/", midterm.midterm, name="midterm"),
    path(f"{_PROJECT}changes/<slug:kind>/", changes.ask, name="ask_change"),
    path(
        f"{_PROJECT}changes/<int:pk>/withdraw/",
        changes.withdraw,
        name="withdraw_change",
    ),
    path(f"{_PROJECT}activities/add/", activities.add, name="add_activity"),
    path(f"{_PROJECT}activities/<int:pk>/", activities.change, name="change_activity"),
    path(f"{_PROJECT}activities/<int:pk>/offer/", activities.offer, name="offer_activity"),
    path(f"{_PROJECT}activities/<int:pk>/remove/", activities.remove, name="remove_activity"),
    path(f"{_PROJECT}materials/", materials.materials, name="materials"),
    path(f"{_PROJECT}materials/<int:pk>/", materials.describe, name="describe_material"),
    path(f"{_PROJECT}materials/<int:pk>/remove/", materials.remove, name="remove_material"),
    path(f"{_PROJECT}page/", page.edit, name="edit_page"),
    path(f"{_PROJECT}page/autosave/", page_saving.autosave, name="autosave_page"),
    path(f"{_PROJECT}page/present/", page_saving.present, name="present_page"),
    path(f"{_PROJECT}page/choose/", page_saving.choose, name="choose_page"),
    path(f"{_PROJECT}page/forget/", page_saving.forget, name="forget_unsaved"),
    path(f"{_PROJECT}page/preview/", page.preview, name="preview_page"),
    path(f"{_PROJECT}page/send/", page.send, name="send_page"),
    path(f"{_PROJECT}page/take-back/", page.take_back, name="take_back_page"),
    path(f"{_PROJECT}page/remark/", page.say, name="remark_page"),
]
