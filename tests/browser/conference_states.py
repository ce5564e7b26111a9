"""Conferences, and papers under plans, in the state that each of their pages needs."""

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.plans.models import Meeting
from hearth.protection.actions import approve_record
from hearth.protection.models import Conference
from hearth.protection.tests import conferences, plan_papers


def task_of_a_conference():
    conference = conferences.booked()
    tasks = Task.objects.filter(step_key="protection.initial_conference", record_id=conference.pk)
    return tasks.get()


def member_of_a_conference():
    return next(iter(conferences.members_of(conferences.issued()).values()))


def approved_conference():
    conference = conferences.issued()
    meeting = Meeting.objects.get(pk=conference.meeting_id)
    chair = User.objects.get(pk=meeting.chair_id)
    approve_record(conference=conference, version=meeting.version, by=chair)
    return Conference.objects.get(pk=conference.pk)


def agency_to_be_asked():
    member, _ = conferences.asked_agency()
    return member


def conference_with_a_report():
    return conferences.sent_agency().conference


def review_with_a_sister():
    review, _ = conferences.review_to_come()
    return review


# By the address of the page that needs it.
OF_CONFERENCES = {
    "protection:request_conference": lambda: conferences.to_request(*conferences.family()),
    "protection:conference_of_task": task_of_a_conference,
    "protection:accept_conference": conferences.requested,
    "protection:write_record": conferences.issued,
    "protection:approve_record": conferences.issued,
    "protection:conference_decisions": conferences.issued,
    "protection:conference_copies": conferences.issued,
    "protection:send_decisions": conferences.issued,
    "protection:keep_from": member_of_a_conference,
    "protection:send_record": approved_conference,
    "protection:ask_for_report": agency_to_be_asked,
    "protection:conference_reports": conference_with_a_report,
    "protection:record_reports_shared": conference_with_a_report,
    "protection:conference_report": conferences.written_report,
    "protection:write_report": conferences.written_report,
    "protection:submit_report": conferences.written_report,
    "protection:decide_report": conferences.submitted_report,
    "protection:add_to_review": review_with_a_sister,
    "protection:confirm_agreement": plan_papers.beside_a_plan,
    "protection:plan_agreements": plan_papers.standing_plan,
}
