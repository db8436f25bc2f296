"""Addresses of a unit's work on its entries, below /my/."""

from django.urls import path

from .views import acts, autosave, entries, files, fill, paper, talks, uploads, word

app_name = "forms_app"
urlpatterns = [
    path("entries/", entries.entries, name="entries"),
    path("calls/<int:pk>/start/", entries.start, name="start"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/versions/<int:number>/", entries.version, name="version"),
    path("entries/<int:pk>/receipt/", entries.receipt, name="receipt"),
    path("entries/<int:pk>/edit/", fill.edit, name="edit"),
    path("entries/<int:pk>/autosave/", autosave.autosave, name="autosave"),
    path("entries/<int:pk>/present/", autosave.present, name="present"),
    path("entries/<int:pk>/choose/", fill.choose, name="choose"),
    path("entries/<int:pk>/check/", acts.check, name="check"),
    path("entries/<int:pk>/send/", acts.send, name="send"),
    path("entries/<int:pk>/take-back/", acts.take_back, name="take_back"),
    path("entries/<int:pk>/sign/", acts.sign, name="sign"),
    path("entries/<int:pk>/hand-over/", acts.hand_over, name="hand_over"),
    path("entries/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("entries/<int:pk>/answer/", talks.answer, name="answer"),
    path("entries/<int:pk>/form.docx", paper.docx, name="docx"),
    path("entries/<int:pk>/print/", paper.print_page, name="print"),
    path("entries/<int:pk>/versions/<int:number>/form.docx", paper.docx, name="version_docx"),
    path("entries/<int:pk>/versions/<int:number>/print/", paper.print_page, name="version_print"),
    path("entries/<int:pk>/word/", word.word, name="word"),
    path("entries/<int:pk>/word/form.docx", word.form, name="word_form"),
    path("entries/<int:pk>/word/take/", word.take, name="word_take"),
    path("paper/<slug:code>/", paper.compare_code, name="paper_code"),
    path("entries/<int:pk>/uploads/", uploads.begin, name="begin_upload"),
    path("uploads/<slug:token>/", uploads.piece, name="upload"),
    path("files/<int:pk>/", files.attachment, name="file"),
]
