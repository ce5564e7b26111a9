"""Why a record is taken out, and what is kept back for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


class Purpose(models.TextChoices):
    """For whom, and so how much: the person the record is of is not told who told on them."""

    SUBJECT_ACCESS = "subject_access", "Somebody asks to see the record (subject access)"
    COURT = "court", "A court orders it, or proceedings need it"
    TRANSFER = "transfer", "Another authority takes the case over"


WHOLE = (Purpose.COURT, Purpose.TRANSFER)

# Not part of what is taken out at all, and why.
LEFT_OUT: Mapping[str, str] = {
    "accounts.Notice": "Messages to workers, which say nothing that the record does not",
    "accounts.TrailEvent": "Who looked at the record: taken out by itself, as the trail",
    "people.MergedRow": "Which rows a merge of two records moved",
    "people.RestrictionAccess": "Which workers may know of a restricted record",
    "people.DeclaredConnection": "Workers' own family ties",
    "records.Draft": "What workers have typed and not yet recorded",
    "assessments.SectionSave": "Each saving of an assessment: what was sent is here, by version",
    "quality.FirstCount": "How a month's figures were first counted, from what is here",
    "returns.CensusImportLine": "What became of a line of a file brought in",
    "supervision.Decision": "Which direction belongs to which discussion: both are here",
}

Told = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What the person a record is of is not given, until whoever reviews it decides otherwise.

    `fields` are kept back from a record; where there are none, the whole of it is.
    """

    of: str
    why: str
    when: Told = lambda _row: True
    fields: tuple[str, ...] = ()


REFERRER = tuple(
    f"referrer_{part}" for part in ("name", "role", "organisation", "phone", "email", "address")
)
MEMBER_OF_PUBLIC = "It names a member of the public who told us"


def _is_public(contact: Any) -> bool:
    return bool(contact.referrer_kind != "professional")


# Data Protection Act 2018: schedule 2, paragraph 16 (others' information), paragraph 19 (legal
# privilege); schedule 3, part 3 (social work data and serious harm).
KEPT_BACK: tuple[KeptBack, ...] = (
    KeptBack("front_door.Contact", MEMBER_OF_PUBLIC, _is_public, REFERRER),
    KeptBack("front_door.Feedback", MEMBER_OF_PUBLIC, lambda sent: _is_public(sent.contact)),
    KeptBack(
        "front_door.AdviceRequest",
        "Legal advice: privileged",
        lambda request: request.agency == "legal",
    ),
    KeptBack("people.Address", "To be kept from the family", lambda a: a.confidential),
    KeptBack(
        "records.Document", "To be kept from the family", lambda d: d.confidential_from_family
    ),
    KeptBack("people.Hazard", "A warning to workers: telling it may put somebody at risk"),
    KeptBack("people.Restriction", "Why the record is restricted: telling it may undo it"),
)
WITHDRAWN = "Withdrawn as recorded in error: it may be about somebody else"


def why_kept_back(row: Any) -> tuple[str, tuple[str, ...]]:
    """Why something is kept back from the person it is about, and which fields; or nothing."""
    if getattr(row, "withdrawn_at", None) is not None:
        return WITHDRAWN, ()
    for rule in KEPT_BACK:
        if rule.of == row._meta.label and rule.when(row):
            return rule.why, rule.fields
    return "", ()
