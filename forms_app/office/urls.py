"""Addresses of the office's screens, below /admin/office/."""

from django.urls import path

from .views import (
    board,
    calls,
    coverage,
    defence,
    entries,
    experts,
    merit,
    objections,
    queue,
    trail,
)

app_name = "office"
urlpatterns = [
    path("", calls.index, name="calls"),
    path("calls/<int:pk>/", calls.overview, name="call"),
    path("calls/<int:pk>/queue/", queue.queue, name="queue"),
    path("calls/<int:pk>/queue.xlsx", queue.export, name="queue_xlsx"),
    path("coverage/<int:year>/", coverage.coverage, name="coverage"),
    path("coverage/<int:year>/remind/", coverage.remind, name="remind_missing"),
    path("coverage/<int:year>/exempt/", coverage.exemption, name="exempt"),
    path("coverage/<int:year>/exempt/<int:pk>/end/", coverage.unexempt, name="unexempt"),
    path("qr.png", coverage.qr, name="qr"),
    path("calls/<int:pk>/group/", coverage.group, name="group"),
    path("calls/<int:pk>/board/", board.board, name="board"),
    path("calls/<int:pk>/release/", board.release_decisions, name="release"),
    path("calls/<int:pk>/letters/", board.letter_texts, name="letters"),
    path("calls/<int:pk>/merit/", merit.merit, name="merit"),
    path("calls/<int:pk>/scores/", merit.sheet, name="scores"),
    path("calls/<int:pk>/scores.xlsx", merit.workbook, name="scores_xlsx"),
    path("calls/<int:pk>/experts/", experts.experts, name="experts"),
    path("invitations/<int:pk>/", experts.invitation, name="invitation"),
    path("entries/<int:pk>/experts/<int:expert>/clear/", experts.clear_name, name="clear_name"),
    path("calls/<int:pk>/defence/", defence.defence, name="defence"),
    path("calls/<int:pk>/stage/", defence.stage, name="stage"),
    path("calls/<int:pk>/distribute/", calls.distribute_evenly, name="distribute"),
    path("calls/<int:pk>/pass-all/", calls.pass_all, name="pass_all"),
    path("calls/<int:pk>/remind/", calls.remind_experts, name="remind"),
    path("calls/<int:pk>/close-reviews/", calls.close_reviews, name="close_reviews"),
    path("calls/<int:pk>/conclude-notices/", calls.conclude_all, name="conclude_notices"),
    path("calls/<int:pk>/extend/", calls.extend, name="extend"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/trail/", trail.trail, name="trail"),
    path("entries/<int:pk>/scores/", merit.sheet_of_entry, name="entry_scores"),
    path("entries/<int:pk>/scores.xlsx", merit.workbook_of_entry, name="entry_scores_xlsx"),
    path("entries/<int:pk>/<slug:action>/", entries.act, name="act"),
    path("objections/", objections.index, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
]
