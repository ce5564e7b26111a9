"""The addresses of this room."""

from django.urls import path

from hearth.records.views import drafts

app_name = "records"
urlpatterns = [
    path("drafts/save/", drafts.save_draft, name="save_draft"),
]
