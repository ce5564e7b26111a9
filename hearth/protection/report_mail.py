"""Sending an agency its link. The message names no child, no family and no worry."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from hearth.lib.dates import in_words
from hearth.plans.models import MeetingMember
from hearth.protection.actions.agency_reports import telephone_for
from hearth.protection.models import AgencyReport

MESSAGE = "protection/conferences/report_message.txt"
SUBJECT = "A report is asked of you"

log = logging.getLogger(__name__)


def may_send(member: MeetingMember) -> bool:
    """Whether it can go by email: one is known, and there is somewhere to send it by."""
    return bool(member.email and settings.EMAIL_CONFIGURED)


def send(report: AgencyReport, link: str) -> bool:
    """Send the link, and say whether it went. Whoever asked has it to send in any case."""
    if not may_send(report.member):
        return False
    newest = report.links.latest("pk")
    context = {
        "link": link,
        "until": in_words(timezone.localdate(newest.expires_at)),
        "telephone": telephone_for(report),
    }
    try:
        send_mail(SUBJECT, render_to_string(MESSAGE, context), None, [report.member.email])
    except (OSError, SMTPException):
        log.exception("An agency's link could not be sent by email")
        return False
    return True
