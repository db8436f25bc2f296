"""What a public call hands out beside its page, below /calls/."""

from django.urls import path

from .views import calls

app_name = "calls"
urlpatterns = [
    path("<int:pk>/form.docx", calls.blank, name="blank"),
]
