"""What happens in an invented family's story: dated acts, each by one worker, with its words.

An act says what was done in the words of the room it is done in, and nothing of how it is kept.
`living` does it through the room's own action; `bulk` writes the rows that action would.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hearth.demo.staff import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something done at a moment by a worker. Children are told by their place in the family."""

    at: datetime
    by: Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnRecord(Act):
    """The family is looked for, not found, and put on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrer:
    """Who told us."""

    kind: str
    name: str = ""
    role: str = ""
    agency: str = ""
    organisation: str = ""
    phone: str = ""
    # Where it does not follow from the agency.
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Act):
    """Somebody tells us of a worry."""

    key: int
    about: tuple[int, ...]
    received_at: datetime
    method: str
    referrer: Referrer
    reason: str
    said: Mapping[int, str]
    concerns: tuple[str, ...]
    harm: bool
    consent: str
    basis: str
    out_of_hours: bool = False
    action_taken: str = ""
    # The children are described, and not yet matched with anyone on record.
    described: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Act):
    """The day service reads what was taken out of hours."""

    key: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Act):
    """The contact is looked into, and a level of need recommended."""

    key: int
    concerns: tuple[str, ...]
    consent: str
    basis: str
    rationale: str
    threshold: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Act):
    """A manager decides a contact. With a team, the referral is decided in the same step."""

    key: int
    outcome: str
    threshold: str
    rationale: str
    safety: str = ""
    advice: str = ""
    quality: str = "good"
    # Children for whom it is decided otherwise, with the outcome, level and why.
    exceptions: Mapping[int, tuple[str, str, str]] = field(default_factory=dict)
    need: str = ""
    direction: str = ""
    priority: str = ""
    team: str = ""
    worker: Worker | None = None
    third: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellReferrer(Act):
    """The referrer is told what was decided."""

    key: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReferral(Act):
    """A manager decides a referral that waited."""

    key: int
    outcome: str
    threshold: str
    rationale: str
    need: str
    direction: str
    priority: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContact(Act):
    """The allocated worker says what they will do about a new contact."""

    key: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp(Act):
    """A family handed on by the front door is taken up: early help, or a strategy discussion."""

    step: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate(Act):
    """A case is given to a worker, or handed on to another."""

    worker: Worker
    team: str
    direction: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAssessment(Act):
    """An assessment is begun, with its plan."""

    key: int
    people_to_see: str
    agencies_to_ask: str
    questions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgency(Act):
    """An agency is asked about the children."""

    key: int
    agency: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAnswers(Act):
    """An agency's answer is written down."""

    key: int
    agency: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearParents(Act):
    """What each parent thinks, by their place among the adults; or why they were not spoken to."""

    key: int
    views: Mapping[int, str]
    unseen: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteSection(Act):
    """A section of an assessment is written: what is shared, and each child's own."""

    key: int
    section: str
    shared: Mapping[str, object] = field(default_factory=dict)
    own: Mapping[int, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAssessment(Act):
    """A manager looks at an assessment while it is being made."""

    key: int
    note: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Act):
    """An assessment is sent to a manager."""

    key: int
    late_reason: str
    cautions_answer: str = "Read again with these in mind; the words stand, for the reasons given."


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Act):
    """A manager sends an assessment back."""

    key: int
    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorise(Act):
    """A manager agrees an assessment, and its outcomes follow."""

    key: int
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Act):
    """What an assessment decided is passed on to whoever does it next."""

    step: str
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan(Act):
    """A child in need plan is reviewed with the family, and goes on."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Act):
    """A visit, with each child's own part."""

    kind: str
    happened_at: datetime
    place: str
    announced: bool
    account: str
    home: str
    worries: str
    agreed: str
    parts: Mapping[int, Mapping[str, object]]
    attempted: bool = False
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Act):
    """A case note."""

    about: tuple[int, ...]
    kind: str
    headline: str
    text: str
    happened_at: datetime
    texts: Mapping[int, str] = field(default_factory=dict)
    significance: str = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversee(Act):
    """A manager's direction, on the record."""

    text: str
    point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToClose(Act):
    """The worker asks for the family's episodes to be closed."""

    reason: str
    told_family: str
    told_agencies: str
    summaries: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeToClose(Act):
    """The manager agrees, and the episodes close."""

    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Act):
    """The household moves."""

    lines: str
    postcode: str
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth(Act):
    """A child who was expected is born."""

    child: int
    born_on: date
    sex: str
    given_names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindHazard(Act):
    """A danger to workers is recorded, about one of the adults."""

    adult: int
    code: str
    detail: str
    advice: str
    review_on: date


Story = list[Act]
