"""Addresses of children in need."""

from django.urls import path

from hearth.family_help.views import plans

app_name = "family_help"

urlpatterns = [
    path("in-need/", plans.in_need, name="in_need"),
    path("in-need/tasks/<int:task_id>/", plans.from_task, name="from_task"),
    path("in-need/tasks/<int:task_id>/begin/", plans.begin_plan, name="begin_plan"),
    path("in-need/<int:plan_id>/send/", plans.send_plan, name="send_plan"),
    path("in-need/<int:plan_id>/decide/", plans.decide_plan, name="decide_plan"),
]
