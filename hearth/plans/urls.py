"""Plans' addresses."""

from django.urls import path

from hearth.plans.views import asking, meetings, notes, papers, plans, visits

app_name = "plans"

urlpatterns = [
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/papers/", papers.plan_papers, name="plan_papers"),
    path("plans/<int:plan_id>/write/", plans.write_plan, name="write_plan"),
    path("plans/<int:plan_id>/actions/add/", asking.add_action, name="add_action"),
    path("plans/<int:plan_id>/contingency/add/", asking.add_contingency, name="add_contingency"),
    path(
        "plans/contingencies/<int:contingency_id>/end/",
        asking.end_contingency,
        name="end_contingency",
    ),
    path("plans/actions/<int:planaction_id>/", asking.action, name="action"),
    path(
        "plans/actions/<int:planaction_id>/progress/",
        asking.record_progress,
        name="record_progress",
    ),
    path("plans/actions/<int:planaction_id>/end/", asking.end_action, name="end_action"),
    path("plans/children/<int:planchild_id>/visits/", plans.set_visits, name="set_visits"),
    path("plans/children/<int:planchild_id>/end/", plans.end_part, name="end_part"),
    path("plans/<int:plan_id>/meetings/call/", meetings.call_meeting, name="call_meeting"),
    path("plans/meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("plans/meetings/<int:meeting_id>/book/", meetings.book_meeting, name="book_meeting"),
    path("plans/meetings/<int:meeting_id>/ask/", meetings.add_member, name="add_member"),
    path(
        "plans/meetings/members/<int:meetingmember_id>/remove/",
        meetings.remove_member,
        name="remove_member",
    ),
    path("plans/meetings/<int:meeting_id>/hold/", meetings.hold_meeting, name="hold_meeting"),
    path("plans/meetings/<int:meeting_id>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("plans/meetings/<int:meeting_id>/papers/", papers.meeting_papers, name="meeting_papers"),
    path("plans/meetings/<int:meeting_id>/send/", notes.send_notes, name="send_notes"),
    path("plans/meetings/<int:meeting_id>/received/", notes.mark_received, name="mark_received"),
    path("visits/due/", visits.visits_due, name="visits_due"),
    path("visits/asked-for/<int:task_id>/", visits.visit_asked_for, name="visit_asked_for"),
    path("children/<int:person_id>/plans/", plans.child_plans, name="child_plans"),
]
