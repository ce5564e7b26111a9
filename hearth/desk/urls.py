"""The desk's addresses."""

from django.urls import path

from hearth.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("work/", views.work, name="work"),
    path("teams/<int:team_id>/work/", views.team_work, name="team_work"),
    path("children/<int:person_id>/", views.child, name="child"),
    path("children/<int:person_id>/risk/", views.judgements, name="judgements"),
    path("families/<int:person_id>/", views.family, name="family"),
]
