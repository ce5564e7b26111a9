"""Publishing an edition of the threshold document."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.front_door import policies
from hearth.front_door.actions import checks
from hearth.front_door.models import ThresholdDocument
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo


@transaction.atomic
def publish_threshold_document(
    *,
    title: str,
    version: str,
    started_on: date,
    summary: str = "",
    link: str = "",
    agreed_by: str = "",
    by: User,
) -> ThresholdDocument:
    """Put an edition in force from a day; the edition before it ends on that day."""
    checks.allowed(policies.publish_threshold_document, by, None)
    before = ThresholdDocument.objects.select_for_update().filter(ended_on=None).first()
    if before is not None and started_on <= before.started_on:
        raise CannotDo(
            f"{before} has been in force since {in_words(before.started_on)}. "
            "A new edition must start after that"
        )
    if before is not None:
        before.ended_on = started_on
        before.save(update_fields=["ended_on"])
    document = ThresholdDocument.objects.create(
        title=_needed(title, "Give the title", 200),
        version=_needed(version, "Give the version or edition", 40),
        summary=checks.words(summary, "The summary"),
        link=checks.line(link, "The address", longest=500),
        agreed_by=checks.line(agreed_by, "Who agreed it", longest=300),
        started_on=started_on,
        recorded_by=by,
    )
    trail.record("Published a threshold document", document, by=by)
    return document


def _needed(text: str, message: str, longest: int) -> str:
    tidy = checks.line(text, "This", longest=longest)
    if not tidy:
        raise CannotDo(message)
    return tidy
