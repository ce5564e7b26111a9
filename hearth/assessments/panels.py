"""What assessments put on a child's pages."""

from datetime import date

from hearth.accounts.models import User
from hearth.assessments.models import Assessment, State
from hearth.assessments.snapshot import say
from hearth.lib.panels import Panel, SideLink, panel, side_link
from hearth.people.models import Person

side_link(SideLink("assessments", "Assessments", "assessments:child_assessments", order=45))


@panel
def assessment(_worker: User, child: Person, today: date) -> Panel | None:
    """The assessment now being made, or the last one agreed, and what it decided."""
    latest = (
        Assessment.objects.visible_to(_worker)
        .of_child(child)
        .filter(cancelled_on=None)
        .prefetch_related("children")
        .first()
    )
    if latest is None:
        return None
    part = next(part for part in latest.children.all() if part.child_id == child.pk)
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
