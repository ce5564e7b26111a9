"""The addresses of checks."""

from django.urls import path

from hearth.quality.views import alerts, comparing, months, why

app_name = "quality"

urlpatterns = [
    path("enquiries-to-plans/", months.months, name="months"),
    path("enquiries-to-plans/children/", months.dropped, name="dropped"),
    path("enquiries-to-plans/note/", why.note_month, name="note_month"),
    path("enquiries-to-plans/afresh/", why.begin_afresh, name="begin_afresh"),
    path(
        "enquiries-to-plans/notes/<int:chartnote_id>/withdraw/",
        why.withdraw_note,
        name="withdraw_note",
    ),
    path("enquiries-to-plans/compared/", comparing.record_comparator, name="record_comparator"),
    path(
        "enquiries-to-plans/compared/<int:owncomparator_id>/",
        comparing.correct_comparator,
        name="correct_comparator",
    ),
    path("signals/<int:signal_id>/", why.signal, name="signal"),
    path("signals/<int:signal_id>/why/", why.open_investigation, name="open_investigation"),
    path(
        "signals/<int:signal_id>/conclude/",
        why.conclude_investigation,
        name="conclude_investigation",
    ),
    path("checks/", alerts.checks, name="checks"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:alert_id>/set-aside/", alerts.ask_to_set_aside, name="ask_to_set_aside"),
    path("alerts/<int:alert_id>/decide/", alerts.decide_to_set_aside, name="decide_to_set_aside"),
    path("children/<int:person_id>/checks/", alerts.child, name="child"),
    path("children/<int:person_id>/checks/look/", alerts.look_again, name="look_again"),
]
