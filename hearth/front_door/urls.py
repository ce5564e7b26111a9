"""The front door's addresses."""

from django.urls import path

from hearth.front_door.views import (
    deciding,
    queue,
    recording,
    screening,
    sending,
    watches,
)

app_name = "front_door"

CONTACT = "contacts/<int:contact_id>/"
WATCH = "tonight/<int:nightwatch_id>/"

urlpatterns = [
    path("contacts/", queue.queue, name="queue"),
    path("contacts/out-of-hours/", queue.out_of_hours, name="out_of_hours"),
    path("tonight/", watches.night_watches, name="night_watches"),
    path(WATCH, watches.night_watch, name="night_watch"),
    path(f"{WATCH}end/", watches.end_watch, name="end_watch"),
    path(f"{WATCH}report/", watches.report_night, name="report_night"),
    path(f"{WATCH}read/", watches.read_night, name="read_night"),
    path("children/<int:person_id>/night/", watches.ask_for_watch, name="ask_for_watch"),
    path("contacts/closed-in-doubt/", queue.closed_in_doubt, name="closed_in_doubt"),
    path("contacts/start/", recording.start_contact, name="start_contact"),
    path("contacts/record/", recording.record_contact, name="record_contact"),
    path(CONTACT, screening.contact, name="contact"),
    path(f"{CONTACT}children/", recording.match_children, name="match_children"),
    path(f"{CONTACT}children/match/", recording.match_child, name="match_child"),
    path(f"{CONTACT}children/new/", recording.create_reported_child, name="create_reported_child"),
    path(f"{CONTACT}siblings/", recording.confirm_siblings, name="confirm_siblings"),
    path(f"{CONTACT}screen/", screening.screen_contact, name="screen_contact"),
    path(f"{CONTACT}harm/", screening.consider_harm, name="consider_harm"),
    path(
        f"{CONTACT}acknowledge/",
        screening.acknowledge_out_of_hours,
        name="acknowledge_out_of_hours",
    ),
    path(f"{CONTACT}read/", screening.read_contact, name="read_contact"),
    path(f"{CONTACT}pattern/", screening.answer_third_contact, name="answer_third_contact"),
    path(f"{CONTACT}advice/", screening.ask_advice, name="ask_advice"),
    path(f"{CONTACT}advice/<int:number>/", screening.answer_advice, name="answer_advice"),
    path(f"{CONTACT}withdraw/", screening.withdraw_contact, name="withdraw_contact"),
    path(f"{CONTACT}decide/", deciding.decide_contact, name="decide_contact"),
    path(f"{CONTACT}reopen/", deciding.reopen_contact, name="reopen_contact"),
    path("contacts/feedback/<int:feedback_id>/", sending.send_feedback, name="send_feedback"),
    path(
        "contacts/feedback/<int:feedback_id>/print/", sending.print_feedback, name="print_feedback"
    ),
    path(
        "contacts/feedback/<int:feedback_id>/withhold/",
        sending.withhold_feedback,
        name="withhold_feedback",
    ),
    path("referrals/<int:referral_id>/", deciding.referral, name="referral"),
    path("referrals/<int:referral_id>/decide/", deciding.decide_referral, name="decide_referral"),
    path("referrals/hand-over/<int:task_id>/", deciding.hand_over, name="hand_over"),
    path("children/<int:person_id>/contacts/", deciding.contacts_of_child, name="of_child"),
    path("thresholds/", sending.threshold_documents, name="threshold_documents"),
    path(
        "thresholds/publish/",
        sending.publish_threshold_document,
        name="publish_threshold_document",
    ),
]
