"""The acts of an assessment, each through its own action."""

from collections.abc import Mapping

from hearth.assessments import actions
from hearth.assessments.actions.merging import Written
from hearth.casework.models import Task
from hearth.demo import acts
from hearth.demo.living import helping
from hearth.demo.living.life import Life, day_of, why_late

STEPS = ("assessments.single", "assessments.initial", "assessments.core")


def start(life: Life, act: acts.StartAssessment) -> None:
    """Begin the assessment that waits for the family."""
    waiting = Task.objects.outstanding().filter(step_key__in=STEPS, record_id=None)
    task = waiting.filter(children__child__in=life.ids()).order_by("-pk")[0]
    life.assessments[act.key] = actions.start_assessment(
        task=task,
        started_on=day_of(act),
        people_to_see=act.people_to_see,
        agencies_to_ask=act.agencies_to_ask,
        questions=act.questions,
        on=day_of(act),
        by=life.user(act),
    )


def ask_agency(life: Life, act: acts.AskAgency) -> None:
    """Ask an agency."""
    life.agencies[act.key, act.agency] = actions.ask_agency(
        assessment=life.assessments[act.key],
        agency=act.agency,
        contact=act.contact,
        asked_on=day_of(act),
        on=day_of(act),
        by=life.user(act),
    )


def agency_answers(life: Life, act: acts.AgencyAnswers) -> None:
    """Write down what an agency said."""
    actions.record_agency_answer(
        agency=life.agencies[act.key, act.agency],
        answered_on=day_of(act),
        said=act.said,
        on=day_of(act),
        by=life.user(act),
    )


def hear_parents(life: Life, act: acts.HearParents) -> None:
    """Write down what each parent thinks, or why they were not spoken to."""
    written = {
        f"adult-{life.adult(n).pk}": Written({"seen_on": day_of(act), "views": views})
        for n, views in act.views.items()
    }
    written |= {
        f"adult-{life.adult(n).pk}": Written({"not_seen_reason": reason})
        for n, reason in act.unseen.items()
    }
    clashes = actions.save_parents(
        assessment=life.assessments[act.key], written=written, on=day_of(act), by=life.user(act)
    )
    _none_of(clashes)


def write_section(life: Life, act: acts.WriteSection) -> None:
    """Write a section, reading first what stands there."""
    assessment = life.assessments[act.key]
    written = {f"child-{life.everyone[n].pk}": Written(own) for n, own in act.own.items() if own}
    if act.shared:
        written[""] = Written(act.shared, _read(assessment.pk, act.shared))
    clashes = actions.save_section(
        assessment=assessment,
        section=act.section,
        written=written,
        on=day_of(act),
        by=life.user(act),
    )
    _none_of(clashes)


def _read(assessment_id: int, shared: Mapping[str, object]) -> str:
    """The prints of what stands, as the page would send them back."""
    from hearth.assessments.actions.merging import prints  # noqa: PLC0415
    from hearth.assessments.models import Assessment  # noqa: PLC0415

    assessment = Assessment.objects.get(pk=assessment_id)
    return prints({field: getattr(assessment, field) for field in shared})


def _none_of(clashes: object) -> None:
    if clashes:
        raise RuntimeError(f"The story wrote over its own words: {clashes}")


def review(life: Life, act: acts.ReviewAssessment) -> None:
    """A manager looks at it on the way."""
    assessment = life.assessments[act.key]
    actions.record_review_point(
        assessment=assessment,
        note=act.note,
        direction=act.direction,
        held_on=day_of(act),
        late_reason=why_late(life.task("assessments.review_point", assessment.pk), day_of(act)),
        on=day_of(act),
        by=life.user(act),
    )


def submit(life: Life, act: acts.Submit) -> None:
    """Send it to a manager."""
    assessment = life.assessments[act.key]
    task = Task.objects.get(assessment=assessment)
    is_late = task.due_on is not None and day_of(act) > task.due_on
    actions.submit_assessment(
        assessment=assessment,
        on=day_of(act),
        late_reason=act.late_reason if is_late else "",
        cautions_answer=act.cautions_answer,
        by=life.user(act),
    )


def send_back(life: Life, act: acts.Return) -> None:
    """Send it back to its writer."""
    actions.return_assessment(
        assessment=life.assessments[act.key], comments=act.comments, by=life.user(act)
    )


def authorise(life: Life, act: acts.Authorise) -> None:
    """Agree it, and let its outcomes follow."""
    actions.authorise_assessment(
        assessment=life.assessments[act.key],
        rationale=act.rationale,
        not_seen={child.pk: "seen_elsewhere" for child in life.children},
        on=day_of(act),
        by=life.user(act),
    )


def hand_over(life: Life, act: acts.HandOver) -> None:
    """Pass on what was decided."""
    task = life.task(act.step)
    if act.step == helping.STEP:
        helping.make_plan(life, act, task)
        return
    actions.hand_over(
        task=task,
        handed_to=act.to,
        handed_on=day_of(act),
        note=act.note,
        late_reason=why_late(task, day_of(act)),
        on=day_of(act),
        by=life.user(act),
    )
