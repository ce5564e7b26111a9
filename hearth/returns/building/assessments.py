"""The assessments of an episode, with the factors found at their end."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hearth.assessments.models import Assessment, AssessmentChild, AssessmentFactor
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.reading import Asked
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear


class AssessmentRow(NamedTuple):
    """A child's part in an assessment that was not cancelled."""

    started_on: date
    internal_review_on: date | None
    authorised_on: date | None
    factors: tuple[str, ...]


def read(asked: Asked) -> Mapping[int, list[AssessmentRow]]:
    """Each episode's assessments, in the order they began."""
    parts = asked.rows(AssessmentChild, ("id", "assessment_id", "episode_id"))
    columns = ("id", "started_on", "internal_review_on", "authorised_on", "cancelled_on")
    ids = list({assessment for _, assessment, _ in parts})
    dates: dict[int, tuple[Any, ...]] = {
        row[0]: row[1:-1]
        for row in asked.rows_by(Assessment, columns, "id", ids)
        if row[-1] is None
    }
    factors: dict[int, list[str]] = defaultdict(list)
    for part, code, removed_at in asked.rows(AssessmentFactor, ("part_id", "code", "removed_at")):
        if removed_at is None:
            factors[part].append(code)
    found: dict[int, list[AssessmentRow]] = defaultdict(list)
    for part, assessment, episode in parts:
        if episode is not None and assessment in dates:
            started_on, reviewed_on, authorised_on = dates[assessment]
            found[episode].append(
                AssessmentRow(started_on, reviewed_on, authorised_on, tuple(factors[part]))
            )
    return {episode: sorted(rows, key=_by_days) for episode, rows in found.items()}


def tell(rows: Sequence[AssessmentRow], year: CollectionYear, notes: Notes) -> Values:
    """Those of the year. One authorised after its end was unfinished in it."""
    return {"Assessments": [_values(row, year) for row in rows if _is_in(row, year, notes)]}


def _is_in(row: AssessmentRow, year: CollectionYear, notes: Notes) -> bool:
    """Whether the census takes it: none begun before the year and unfinished in it (rule 8736)."""
    if row.started_on > year.ends:
        notes.count(Thing.ASSESSMENTS, Fate.AFTER)
        return False
    if row.authorised_on is not None and row.authorised_on < year.starts:
        notes.count(Thing.ASSESSMENTS, Fate.BEFORE)
        return False
    if row.started_on < year.starts and not year.holds(row.authorised_on):
        notes.leave_out(
            Thing.ASSESSMENTS,
            f"The assessment begun on {in_words(row.started_on)} was still unfinished on "
            f"{in_words(year.ends)}, and the census takes none begun before its year (rule 8736)",
        )
        return False
    notes.count(Thing.ASSESSMENTS, Fate.WRITTEN)
    return True


def _values(row: AssessmentRow, year: CollectionYear) -> Values:
    authorised_on = year.by_its_end(row.authorised_on)
    codes = [c.code for c in code_set("assessment_factors") if c.code in row.factors]
    finished = authorised_on is not None and codes
    return {
        "AssessmentActualStartDate": row.started_on.isoformat(),
        "AssessmentInternalReviewDate": row.internal_review_on
        and row.internal_review_on.isoformat(),
        "AssessmentAuthorisationDate": authorised_on and authorised_on.isoformat(),
        # Factors are asked of finished assessments alone (rule 8614).
        "FactorsIdentifiedAtAssessment": {"AssessmentFactors": codes} if finished else None,
    }


def _by_days(row: AssessmentRow) -> tuple[date, date, date, tuple[str, ...]]:
    reviewed_on = row.internal_review_on or date.max
    return (row.started_on, row.authorised_on or date.max, reviewed_on, row.factors)
