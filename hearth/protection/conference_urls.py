"""The addresses of conferences."""

from django.urls import path

from hearth.protection.views import agency_report as agency
from hearth.protection.views import conference_booking as booking
from hearth.protection.views import conference_copies as copies
from hearth.protection.views import conference_holding as holding
from hearth.protection.views import conference_list as lists
from hearth.protection.views import conference_reports as reports

ONE = "conferences/<int:conference_id>/"

patterns = [
    path("conferences/", lists.conferences, name="conferences"),
    path("conferences/diary/", lists.chair_diary, name="chair_diary"),
    path("conferences/rooms/", lists.rooms, name="rooms"),
    path("conferences/rooms/<int:meetingroom_id>/close/", lists.close_room, name="close_room"),
    path(
        "conferences/tasks/<int:task_id>/request/",
        booking.request_conference,
        name="request_conference",
    ),
    path("conferences/tasks/<int:task_id>/", booking.conference_of_task, name="conference_of_task"),
    path(
        "children/<int:person_id>/conferences/", lists.child_conferences, name="child_conferences"
    ),
    path(
        "children/<int:person_id>/conferences/call/",
        booking.call_conference,
        name="call_conference",
    ),
    path(ONE, booking.conference, name="conference"),
    path(f"{ONE}accept/", booking.accept_conference, name="accept_conference"),
    path(f"{ONE}book/", booking.book_conference, name="book_conference"),
    path(f"{ONE}asked/", booking.invite, name="invite"),
    path(
        "conferences/asked/<int:meetingmember_id>/",
        booking.change_invitation,
        name="change_invitation",
    ),
    path(f"{ONE}invitations/", holding.send_invitations, name="send_invitations"),
    path(f"{ONE}stand-down/", booking.stand_down, name="stand_down"),
    path(f"{ONE}decide/", holding.decide_conference, name="decide_conference"),
    path(f"{ONE}again/", holding.reconvene, name="reconvene"),
    path(f"{ONE}decisions/", holding.conference_decisions, name="conference_decisions"),
    path(f"{ONE}copies/", copies.conference_copies, name="conference_copies"),
    path(f"{ONE}record/", holding.write_record, name="write_record"),
    path(f"{ONE}record/approve/", holding.approve_record, name="approve_record"),
    path(f"{ONE}send/decisions/", holding.send_decisions, name="send_decisions"),
    path(f"{ONE}send/record/", holding.send_record, name="send_record"),
    path(
        "conferences/asked/<int:meetingmember_id>/keep-from/", holding.keep_from, name="keep_from"
    ),
    path("conferences/sent/<int:distribution_id>/", holding.mark_received, name="mark_received"),
    path(f"{ONE}children/", reports.add_to_review, name="add_to_review"),
    path(f"{ONE}reports/", reports.conference_reports, name="conference_reports"),
    path(f"{ONE}reports/shared/", reports.record_reports_shared, name="record_reports_shared"),
    path(f"{ONE}report/", reports.conference_report, name="conference_report"),
    path(f"{ONE}report/write/", reports.write_report, name="write_report"),
    path(f"{ONE}report/send/", reports.submit_report, name="submit_report"),
    path(f"{ONE}report/decide/", reports.decide_report, name="decide_report"),
    path(
        "conferences/asked/<int:meetingmember_id>/report/",
        reports.ask_for_report,
        name="ask_for_report",
    ),
    path("agency-report/", agency.agency_report, name="agency_report"),
    path("agency-report/<str:secret>/", agency.agency_link, name="agency_link"),
]
