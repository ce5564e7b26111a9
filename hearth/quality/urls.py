"""The addresses of checks."""

from django.urls import path

from hearth.quality import views

app_name = "quality"

urlpatterns = [
    path("checks/", views.checks, name="checks"),
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/<int:alert_id>/set-aside/", views.ask_to_set_aside, name="ask_to_set_aside"),
    path("alerts/<int:alert_id>/decide/", views.decide_to_set_aside, name="decide_to_set_aside"),
    path("children/<int:person_id>/checks/", views.child, name="child"),
    path("children/<int:person_id>/checks/look/", views.look_again, name="look_again"),
]
