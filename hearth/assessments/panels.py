"""What assessments put on a child's pages."""

from datetime import date

from hearth.accounts.models import User
from hearth.assessments.models import AssessmentChild, State
from hearth.assessments.snapshot import say
from hearth.lib.panels import Panel, SideLink, panel, side_link
from hearth.people.models import Person

side_link(SideLink("assessments", "Assessments", "assessments:child_assessments", order=45))


@panel
def assessment(_worker: User, child: Person, today: date) -> Panel | None:
    """The assessment now being made, or the last one agreed, and what it decided."""
    part = (
        AssessmentChild.objects.filter(child=child, assessment__cancelled_on=None)
        .select_related("assessment__task")
        .order_by("-assessment__started_on", "-assessment_id")
        .first()
    )
    if part is None:
        return None
    latest = part.assessment
    return Panel(
        key="assessment",
        title="Assessment",
        template="assessments/_panel.html",
        context={
            "assessment": latest,
            "is_open": latest.state in (State.IN_PROGRESS, State.SUBMITTED),
            "outcome": say("outcome", part.outcome),
            "rating": say("risk_rating", part.risk_rating),
            "today": today,
        },
        order=40,
    )
