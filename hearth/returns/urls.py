"""The addresses of returns."""

from django.urls import path

from hearth.returns import views

app_name = "returns"

urlpatterns = [
    path("imports/", views.import_census, name="import_census"),
    path("imports/<int:censusimport_id>/", views.view_import, name="import"),
    path("imports/<int:censusimport_id>/lines.csv", views.download_import, name="download_import"),
]
