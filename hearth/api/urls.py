"""The addresses of what is asked by machine."""

from django.urls import path

from hearth.api import views

app_name = "api"

urlpatterns = [
    path("api/child-protection/look-up/", views.look_up, name="look_up"),
    path("askers/", views.askers, name="askers"),
    path("askers/new/", views.let_ask, name="let_ask"),
    path("askers/<int:asker_id>/stop/", views.stop_asking, name="stop_asking"),
    path("children/<int:person_id>/look-ups/", views.child_look_ups, name="child_look_ups"),
]
