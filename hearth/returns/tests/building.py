"""Building a census in a test, and reading what was written of one child."""

from datetime import date
from io import BytesIO

from lxml import etree

from hearth.accounts.actions import system_worker
from hearth.assessments.models import Assessment, AssessmentChild, AssessmentFactor
from hearth.records import storage
from hearth.returns import actions

TODAY = date(2026, 11, 21)


def build(year=2026, **said):
    """The census of a year, built."""
    by = system_worker()
    going = actions.start_build(**{"year": year, "today": TODAY, "by": by, **said})
    actions.build_census(build=going, by=by)
    return going


def file_of(built):
    """The bytes of the file."""
    return storage.path_of(built.stored_as).read_bytes()


def children_in(built):
    """Each child of the file as plain dictionaries and lists, by LAchildID."""
    root = etree.parse(BytesIO(file_of(built))).getroot()
    found = [_plain(child) for child in root.iter("Child")]
    return {child["ChildIdentifiers"]["LAchildID"]: child for child in found}


def lines_of(built):
    """Why each child, or something of theirs, is not in the file."""
    return [(line.la_child_id, line.reason, line.words) for line in built.lines.order_by("id")]


def assessed(episode, started_on, authorised_on=None, *, factors=(), **said):
    """An assessment as one brought in from another system is kept: dates and factors."""
    assessment = Assessment.objects.create(
        about=[episode.child_id],
        kind="single",
        trigger_on=min(episode.started_on, started_on),
        started_on=started_on,
        authorised_on=authorised_on,
        recorded_by=system_worker(),
        **said,
    )
    part = AssessmentChild.objects.create(
        assessment=assessment, child=episode.child, episode=episode
    )
    AssessmentFactor.objects.bulk_create(
        AssessmentFactor(part=part, child=episode.child, code=code) for code in factors
    )
    return assessment


MANY = {"CINdetails", "Assessments", "CINPlanDates", "Disability", "AssessmentFactors"}


def _plain(element):
    if not len(element):
        return element.text
    said: dict = {}
    for within in element:
        if within.tag in MANY:
            said.setdefault(within.tag, []).append(_plain(within))
        else:
            said[within.tag] = _plain(within)
    return said
