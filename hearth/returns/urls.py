"""The addresses of returns."""

from django.urls import path

from hearth.returns.views import building, checking, importing

app_name = "returns"

CHECK = "checks/<int:checkedreturn_id>/"
BUILD = "builds/<int:censusbuild_id>/"

urlpatterns = [
    path("", checking.home, name="home"),
    path("imports/", importing.import_census, name="import_census"),
    path("imports/<int:censusimport_id>/", importing.view_import, name="import"),
    path(
        "imports/<int:censusimport_id>/lines.csv",
        importing.download_import,
        name="download_import",
    ),
    path("checks/", checking.check_return, name="check_return"),
    path(CHECK, checking.view_check, name="view_check"),
    path(f"{CHECK}year/", checking.say_year, name="say_year"),
    path(f"{CHECK}children/", checking.children_of_check, name="children_of_check"),
    path(f"{CHECK}findings/", checking.findings_of_check, name="findings_of_check"),
    path(f"{CHECK}findings.csv", checking.download_check, {"kind": "csv"}, name="check_as_csv"),
    path(f"{CHECK}findings.xlsx", checking.download_check, {"kind": "xlsx"}, name="check_as_excel"),
    path(f"{CHECK}keep/", checking.keep_check, name="keep_check"),
    path(f"{CHECK}delete/", checking.delete_check, name="delete_check"),
    path("builds/", building.build_census, name="build_census"),
    path(BUILD, building.view_build, name="build"),
    path(f"{BUILD}again/", building.build_again, name="build_again"),
    path(f"{BUILD}check/", building.check_build, name="check_build"),
    path(f"{BUILD}file.xml", building.download_build, name="download_build"),
    path(f"{BUILD}lines.csv", building.download_reconciliation, name="download_reconciliation"),
    path(f"{BUILD}submitted/", building.submit_build, name="submit_build"),
    path(f"{BUILD}delete/", building.delete_build, name="delete_build"),
]
