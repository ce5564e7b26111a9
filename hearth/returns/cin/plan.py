"""What one Child of a census asks to be put on record, checked: or every reason why it cannot be.

Pure: blocks in, a plan or its reasons out. Codes go by the register on the day they were used, so
that an old file's codes are read as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.returns.cin.blocks import Block

LONGEST_ID = 20
MOST_DIGITS = 5
# Dates that may lie ahead: a birth that is expected, and a review that was planned.
TO_COME = {"ExpectedPersonBirthDate", "AssessmentInternalReviewDate", "InitialCPCtarget"}
TRUE, FALSE = {"1", "true"}, {"0", "false"}


@dataclass(frozen=True, slots=True)
class PlannedAssessment:
    """An assessment: its dates, and the factors found at its end."""

    started_on: date
    reviewed_on: date | None
    authorised_on: date | None
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedEnquiry:
    """A section 47 enquiry: when it began, its conference, or that none was needed."""

    started_on: date
    target_on: date | None
    conference_on: date | None
    no_conference: bool


@dataclass(frozen=True, slots=True)
class PlannedProtection:
    """A child protection plan: its dates, the categories it stood under, and its reviews."""

    started_on: date
    ended_on: date | None
    first_category: str
    last_category: str
    previous: int
    reviews: tuple[date, ...]


@dataclass(slots=True)
class PlannedEpisode:
    """An episode: from a referral to its closure, with all that was done in it."""

    referred_on: date
    source: str
    primary_need: str
    no_further_action: bool
    closed_on: date | None
    closure_reason: str
    assessments: list[PlannedAssessment] = field(default_factory=list)
    in_need: list[tuple[date, date | None]] = field(default_factory=list)
    enquiries: list[PlannedEnquiry] = field(default_factory=list)
    protection: list[PlannedProtection] = field(default_factory=list)
    # A conference that followed no enquiry of ours: one that took a plan over.
    conference_on: date | None = None

    @property
    def ended_on(self) -> date | None:
        """The day it ended; one with no further action ended the day it began."""
        return self.closed_on or (self.referred_on if self.no_further_action else None)


@dataclass(slots=True)
class PlannedChild:
    """A child as the file describes them."""

    child_id: str
    line: int
    born_on: date | None = None
    expected: bool = False
    died_on: date | None = None
    sex: str = "U"
    ethnicity: str = ""
    upn: str = ""
    former_upn: str = ""
    upn_unknown: str = ""
    disabilities: tuple[str, ...] = ()
    episodes: list[PlannedEpisode] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether anything stands in the way of putting this child on record."""
        return bool(self.reasons)


def plan(child: Block, *, today: date) -> PlannedChild:
    """What a Child asks to be put on record, with every reason against it."""
    return _Planner(child, today).plan()


class _Planner:
    """Reads one Child, gathering reasons as it goes so that all are said at once."""

    def __init__(self, child: Block, today: date) -> None:
        self.block = child
        self.today = today
        self.planned = PlannedChild("", child.line)

    def plan(self) -> PlannedChild:
        """Read who they are, then each episode, then look at the episodes together."""
        self._identify()
        self._characterise()
        episodes = self.block.of("CINdetails")
        if not episodes:
            self._refuse(self.block, "there is no CINdetails: no referral to open an episode from")
        for block in episodes:
            self._episode(block)
        if not self.planned.refused:
            self._check_together()
        return self.planned

    def _refuse(self, block: Block, why: str) -> None:
        self.planned.reasons.append(f"Line {block.line}: {why}")

    def _date(self, block: Block, name: str) -> date | None:
        text = block.get(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._refuse(block, f"{name} is {text}, which is not a date written yyyy-mm-dd")
            return None
        if day > self.today and name not in TO_COME:
            self._refuse(block, f"{name} is {in_words(day)}, which is in the future")
        return day

    def _code(self, block: Block, name: str, key: str, value: str) -> str:
        if value and not code_set(key).is_valid(value):
            self._refuse(block, f"{name} is {value}, which is not one of its codes")
        return value

    def _true(self, block: Block, name: str) -> bool:
        text = block.get(name).lower()
        if text and text not in TRUE | FALSE:
            self._refuse(block, f"{name} is {text}: it must be 1 or 0")
        return text in TRUE

    def _identify(self) -> None:
        blocks = self.block.of("ChildIdentifiers")
        if not blocks:
            self._refuse(self.block, "there is no ChildIdentifiers: nothing says who this is")
            return
        block, child = blocks[0], self.planned
        child.child_id = block.get("LAchildID")
        if not child.child_id:
            self._refuse(block, "there is no LAchildID")
        elif len(child.child_id) > LONGEST_ID or not _plain(child.child_id):
            self._refuse(block, "LAchildID must be at most 20 letters and digits")
        born, expected = (
            self._date(block, name) for name in ("PersonBirthDate", "ExpectedPersonBirthDate")
        )
        if born is not None and expected is not None:
            self._refuse(block, "there are both a birth date and an expected one")
        child.born_on, child.expected = born or expected, born is None and expected is not None
        child.died_on = self._date(block, "PersonDeathDate")
        if child.died_on and born and child.died_on < born:
            self._refuse(block, "PersonDeathDate is before PersonBirthDate")
        child.sex = self._code(block, "Sex", "sex", block.get("Sex") or "U")
        child.upn, child.former_upn = block.get("UPN"), block.get("FormerUPN")
        child.upn_unknown = self._code(
            block, "UPNunknown", "upn_unknown_reason", block.get("UPNunknown")
        )

    def _characterise(self) -> None:
        for block in self.block.of("ChildCharacteristics")[:1]:
            self.planned.ethnicity = self._code(
                block, "Ethnicity", "ethnicity", block.get("Ethnicity")
            )
            codes = tuple(dict.fromkeys(block.lists.get("Disability", ())))
            for code in codes:
                self._code(block, "Disability", "disability", code)
            if "NONE" in codes and len(codes) > 1:
                self._refuse(block, "Disability is NONE beside another disability")
            self.planned.disabilities = codes

    def _episode(self, block: Block) -> None:
        referred = self._date(block, "CINreferralDate")
        if referred is None:
            if not block.get("CINreferralDate"):
                self._refuse(block, "there is no CINreferralDate")
            return
        episode = PlannedEpisode(
            referred,
            self._code(block, "ReferralSource", "referral_source", block.get("ReferralSource")),
            self._code(block, "PrimaryNeedCode", "primary_need", block.get("PrimaryNeedCode")),
            self._true(block, "ReferralNFA"),
            self._date(block, "CINclosureDate"),
            self._code(
                block, "ReasonForClosure", "cin_closure_reason", block.get("ReasonForClosure")
            ),
        )
        self._check_closure(block, episode)
        for each in block.of("Assessments"):
            self._assessment(each, episode)
        for each in block.of("CINPlanDates"):
            self._in_need(each, episode)
        for each in block.of("Section47"):
            self._enquiry(each, episode)
        for each in block.of("ChildProtectionPlans"):
            self._protection(each, episode)
        episode.conference_on = self._date(block, "DateOfInitialCPC")
        self.planned.episodes.append(episode)

    def _check_closure(self, block: Block, episode: PlannedEpisode) -> None:
        closed, reason = episode.closed_on, episode.closure_reason
        if closed is not None and closed < episode.referred_on:
            self._refuse(block, "CINclosureDate is before CINreferralDate")
        if closed is not None and not reason and not episode.no_further_action:
            self._refuse(block, "there is a CINclosureDate and no ReasonForClosure")
        if closed is None and reason:
            self._refuse(block, "there is a ReasonForClosure and no CINclosureDate")

    def _assessment(self, block: Block, episode: PlannedEpisode) -> None:
        started = self._date(block, "AssessmentActualStartDate")
        authorised = self._date(block, "AssessmentAuthorisationDate")
        if started is None:
            if not block.get("AssessmentActualStartDate"):
                self._refuse(block, "there is no AssessmentActualStartDate")
            return
        if started < episode.referred_on:
            self._refuse(block, "AssessmentActualStartDate is before CINreferralDate")
        if authorised is not None and authorised < started:
            self._refuse(block, "AssessmentAuthorisationDate is before its start")
        factors = tuple(dict.fromkeys(block.lists.get("AssessmentFactors", ())))
        for code in factors:
            self._code(block, "AssessmentFactors", "assessment_factors", code)
        if "21" in factors and len(factors) > 1:
            self._refuse(block, "factor 21 (none found) stands beside another")
        reviewed = self._date(block, "AssessmentInternalReviewDate")
        episode.assessments.append(PlannedAssessment(started, reviewed, authorised, factors))

    def _in_need(self, block: Block, episode: PlannedEpisode) -> None:
        started = self._date(block, "CINPlanStartDate")
        ended = self._date(block, "CINPlanEndDate")
        if started is None:
            self._refuse(block, "there is no CINPlanStartDate")
        elif ended is not None and ended < started:
            self._refuse(block, "CINPlanEndDate is before CINPlanStartDate")
        else:
            episode.in_need.append((started, ended))

    def _enquiry(self, block: Block, episode: PlannedEpisode) -> None:
        started = self._date(block, "S47ActualStartDate")
        held = self._date(block, "DateOfInitialCPC")
        if started is None:
            self._refuse(block, "there is no S47ActualStartDate")
            return
        if started < episode.referred_on:
            self._refuse(block, "S47ActualStartDate is before CINreferralDate")
        if held is not None and held < started:
            self._refuse(block, "DateOfInitialCPC is before S47ActualStartDate")
        target = self._date(block, "InitialCPCtarget")
        settled = self._true(block, "ICPCnotRequired")
        if settled and held is not None:
            self._refuse(block, "there is a DateOfInitialCPC, and ICPCnotRequired is true")
        episode.enquiries.append(PlannedEnquiry(started, target, held, settled))

    def _protection(self, block: Block, episode: PlannedEpisode) -> None:
        started, ended = (self._date(block, name) for name in ("CPPstartDate", "CPPendDate"))
        if started is None:
            self._refuse(block, "there is no CPPstartDate")
            return
        if started < episode.referred_on:
            self._refuse(block, "CPPstartDate is before CINreferralDate")
        if ended is not None and ended <= started:
            self._refuse(block, "CPPendDate is not after CPPstartDate")
        first, last = (
            self._code(block, name, "cp_category", block.get(name))
            for name in ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse")
        )
        if not first:
            self._refuse(block, "there is no InitialCategoryOfAbuse")
        number = block.get("NumberOfPreviousCPP") or "0"
        if not (number.isascii() and number.isdigit() and len(number) < MOST_DIGITS):
            self._refuse(block, f"NumberOfPreviousCPP is {number}: it must be a number")
            return
        episode.protection.append(
            PlannedProtection(
                started, ended, first, last or first, int(number), self._reviews(block)
            )
        )

    def _reviews(self, block: Block) -> tuple[date, ...]:
        """The days of a plan's review conferences, each once."""
        found = set()
        for text in block.lists.get("CPPreviewDate", ()):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                self._refuse(block, f"CPPreviewDate is {text}, which is not a date")
                continue
            if day > self.today:
                self._refuse(block, f"CPPreviewDate is {in_words(day)}, which is in the future")
            found.add(day)
        return tuple(sorted(found))

    def _check_together(self) -> None:
        self.planned.episodes.sort(key=lambda e: (e.referred_on, e.ended_on or date.max))
        for before, after in _pairs([(e.referred_on, e.ended_on) for e in self.planned.episodes]):
            self._refuse(
                self.block,
                f"the episode referred on {in_words(after)} begins while the one referred on "
                f"{in_words(before)} is still open",
            )
        plans = [spell for e in self.planned.episodes for spell in e.in_need]
        plans += [(p.started_on, p.ended_on) for e in self.planned.episodes for p in e.protection]
        for before, after in _pairs(sorted(plans, key=lambda p: (p[0], p[1] or date.max))):
            self._refuse(
                self.block,
                f"the plans of {in_words(before)} and {in_words(after)} overlap: a child has one "
                "plan at a time, in need or for protection",
            )


def _pairs(spells: list[tuple[date, date | None]]) -> Iterator[tuple[date, date]]:
    """The starts of each two spells that share a day, next to each other. Empty ones share none."""
    lasting = [spell for spell in spells if spell[1] is None or spell[1] > spell[0]]
    for (start, end), (following, _) in pairwise(lasting):
        if end is None or following < end:
            yield start, following


def _plain(text: str) -> bool:
    return text.isascii() and text.isalnum()
