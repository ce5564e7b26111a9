"""Supervision's addresses."""

from django.urls import path

from hearth.supervision.views import discussing, overview, sessions

app_name = "supervision"

urlpatterns = [
    path("supervision/", overview.mine, name="mine"),
    path("supervision/overview/", overview.overview, name="overview"),
    path("supervision/cases/", overview.cases, name="cases"),
    path("supervision/sessions/<int:session_id>/", sessions.session, name="session"),
    path("supervision/sessions/<int:session_id>/move/", sessions.move_session, name="move_session"),
    path(
        "supervision/sessions/<int:session_id>/not-held/",
        sessions.record_not_held,
        name="record_not_held",
    ),
    path(
        "supervision/sessions/<int:session_id>/discuss/<int:child_id>/",
        discussing.record_discussion,
        name="record_discussion",
    ),
    path(
        "supervision/sessions/<int:session_id>/finish/",
        sessions.finish_session,
        name="finish_session",
    ),
    path("supervision/sessions/<int:session_id>/sign/", sessions.sign_session, name="sign_session"),
    path("supervision/discussions/<int:discussion_id>/", discussing.discussion, name="discussion"),
    path(
        "supervision/discussions/<int:discussion_id>/withdraw/",
        discussing.withdraw_discussion,
        name="withdraw_discussion",
    ),
    path("supervision/bring-back/<int:task_id>/", discussing.bring_back, name="bring_back"),
    path("teams/<int:team_id>/supervision/", overview.team, name="team"),
    path("staff/<int:staff_id>/supervision/", overview.worker, name="worker"),
    path("staff/<int:staff_id>/supervision/plan/", sessions.plan_session, name="plan_session"),
    path("staff/<int:staff_id>/supervision/hold/", sessions.hold_session, name="hold_session"),
    path("children/<int:person_id>/supervision/", overview.child, name="child"),
]
