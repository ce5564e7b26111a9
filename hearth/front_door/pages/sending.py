"""A letter as it is printed, and the editions of the threshold document."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from hearth.accounts.models import User
from hearth.front_door import policies
from hearth.front_door.models import Feedback, ThresholdDocument


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a referrer."""

    authority: str
    on: date
    to: list[str]
    paragraphs: list[str]
    signed: str
    job: str


def letter_of(feedback: Feedback) -> Letter:
    """The letter as it was sent, or as it stands."""
    contact, decider = feedback.contact, feedback.decision.decided_by
    to = [feedback.to_name, contact.referrer_organisation, contact.referrer_address]
    staff = getattr(decider, "staff", None)
    return Letter(
        authority=settings.AUTHORITY_NAME,
        on=timezone.localtime(feedback.sent_at or timezone.now()).date(),
        to=[part for part in to if part],
        paragraphs=feedback.text.split("\n\n"),
        signed=str(decider),
        job=staff.job_title if staff else "",
    )


@dataclass(frozen=True, slots=True)
class Editions:
    """Every edition of the threshold document, the latest first."""

    documents: list[ThresholdDocument]
    in_force: ThresholdDocument | None
    refusals: list[str]


def editions(worker: User, *, today: date) -> Editions:
    """The editions, the one in force today, and whether this worker may publish another."""
    return Editions(
        list(ThresholdDocument.objects.all()),
        ThresholdDocument.objects.on(today).first(),
        policies.publish_threshold_document.refusals(worker, None),
    )
