"""What is done in a story to protect a child: from a strategy discussion to the end of a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hearth.demo.acts import Act
from hearth.demo.staff import Worker

Words = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStrategy(Act):
    """A manager holds a strategy discussion: one that waits, or one called there and then."""

    key: int
    about: tuple[int, ...]
    waits: bool
    concern: str
    decision: str
    rationale: str
    plan: str = ""
    safety: str = ""
    lead: Worker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePaper(Act):
    """The worker writes why the children may be at home while enquiries are made."""

    key: int
    risk: str
    conditions: str
    contingency: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPaper(Act):
    """A manager signs it."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOut(Act):
    """Parents, agencies and a doctor are asked, and where each child sleeps is recorded."""

    key: int
    # What each adult said, by their place; those not here would not be seen.
    said: Mapping[int, str]
    agencies: Mapping[str, str]
    asked_on: date
    agreed: str
    medical: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendEnquiry(Act):
    """What was found is written for each child, and sent to a manager."""

    key: int
    home_seen_on: date
    home: str
    history: str
    analysis: str
    parts: Mapping[int, Words]
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeNoConference(Act):
    """A service manager agrees that harm was found and no conference is needed."""

    key: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseEnquiry(Act):
    """A manager agrees what was found."""

    key: int
    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForConference(Act):
    """A manager asks for the conference that was decided on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookConference(Act):
    """The conference service books it and asks people to it."""

    about: tuple[int, ...]
    day: date
    hour: int
    chair: Worker
    lead: Worker
    agencies: Sequence[str]
    adults: tuple[int, ...]
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldConference(Act):
    """The chair issues what was decided for each child."""

    decision: str
    # Whether it is the one that an enquiry led to, and no review.
    is_first: bool
    category: str = ""
    reason: str = ""
    earlier: int = 0
    danger: str = ""
    strengths: str = ""
    summary: str = ""
    views: Mapping[int, str] = field(default_factory=dict)
    core_group_on: date | None = None
    review_on: date | None = None
    away: str = ""
    progress: str = ""
    # The places of the children who alone need nothing more, and why.
    apart: tuple[int, ...] = ()
    why_apart: str = ""
    # The one agency that came, where the others did not, and why it went ahead all the same.
    alone: str = ""
    why_alone: str = ""
    # An agency that does not agree, and its words.
    against: str = ""
    against_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDecisions(Act):
    """Everybody is sent what was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRecord(Act):
    """The chair writes the record of it and agrees it."""

    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRecord(Act):
    """Everybody is sent the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCoreGroup(Act):
    """The core group meets and says how each action goes."""

    held_at: datetime
    minutes: str
    rating: str
    words: str
    views: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReports(Act):
    """Each agency that is asked to the conference is sent a link to its report, or another."""

    # Only those who were asked before and have not sent it.
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWrites(Act):
    """An agency opens its link, writes, and mostly sends. `by` is whoever would send it another."""

    agency: str
    sends: bool
    family: str
    chronology: str
    not_for_family: str
    # By the child's place: what is known, worries, strengths, and what is wanted.
    children: Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport(Act):
    """The social worker writes their report to the conference."""

    danger: str
    # By the child's place.
    parts: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport(Act):
    """The social worker gives the report to the parents, and sends it to a manager."""

    not_shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport(Act):
    """The manager sends it back."""

    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeReport(Act):
    """The manager agrees it."""

    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReports(Act):
    """The family is given what agencies have sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTransfer(Act):
    """A manager asks for a conference about children who come with another authority's plan."""

    about: tuple[int, ...]
    notified_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Act):
    """Another authority's conference took the plan over: a service manager ends it, saying so."""

    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePlanPaper(Act):
    """The worker writes what each will do, beside the plan that stands."""

    kind: str
    conditions: str
    contingency: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPlanPaper(Act):
    """A manager signs it, and confirms that it says what the plan says."""
