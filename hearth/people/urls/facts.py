"""The addresses of who somebody is."""

from django.urls import path

from hearth.people.views import creating, events, facts

urlpatterns = [
    path("create/", creating.create_person, name="create_person"),
    path("hazards/", facts.hazards, name="hazards"),
    path("<int:person_id>/", facts.person, name="person"),
    path("<int:person_id>/birth/happened/", events.record_birth, name="record_birth"),
    path("<int:person_id>/pregnancy/end/", events.end_pregnancy, name="end_pregnancy"),
    path("<int:person_id>/death/record/", events.record_death, name="record_death"),
    path("<int:person_id>/child-record/", creating.give_child_record, name="give_child_record"),
    path("<int:person_id>/facts/<slug:kind>/", facts.history, name="history"),
    path("<int:person_id>/facts/<slug:kind>/record/", facts.record_fact, name="record_fact"),
    path(
        "<int:person_id>/facts/<slug:kind>/<int:fact>/correct/",
        facts.correct_fact,
        name="correct_fact",
    ),
    path("<int:person_id>/facts/<slug:kind>/<int:fact>/end/", facts.end_fact, name="end_fact"),
    path(
        "<int:person_id>/facts/<slug:kind>/<int:fact>/withdraw/",
        facts.withdraw_fact,
        name="withdraw_fact",
    ),
]
