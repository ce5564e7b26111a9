"""The addresses of staff and teams."""

from django.urls import path

from hearth.workforce.views import staff, teams

app_name = "workforce"

urlpatterns = [
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/add/", staff.add_staff, name="add_staff"),
    path("staff/registrations/", staff.registrations, name="registrations"),
    path("staff/<int:staff_id>/", staff.staff, name="staff"),
    path("staff/<int:staff_id>/change/", staff.change_staff, name="change_staff"),
    path("staff/<int:staff_id>/team/", staff.move_team, name="move_team"),
    path("staff/<int:staff_id>/registration/", staff.add_registration, name="add_registration"),
    path("staff/<int:staff_id>/leave/", staff.leave, name="leave"),
    path(
        "registrations/<int:registration_id>/end/", staff.end_registration, name="end_registration"
    ),
    path("teams/", teams.teams, name="teams"),
    path("teams/open/", teams.open_team, name="open_team"),
    path("teams/<int:team_id>/", teams.team, name="team"),
    path("teams/<int:team_id>/change/", teams.change_team, name="change_team"),
    path("teams/<int:team_id>/rename/", teams.rename_team, name="rename_team"),
    path("teams/<int:team_id>/close/", teams.close_team, name="close_team"),
]
