"""Made-up assessments: a task waiting, one being written, one with nothing left to write."""

from datetime import date

from hearth.accounts.actions import system_worker
from hearth.assessments import actions
from hearth.assessments.actions import Written
from hearth.casework.actions import open_step
from hearth.casework.models import Allocation, Task
from hearth.casework.tests.factories import EpisodeFactory
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_of
from hearth.workforce.tests.factories import TeamFactory, social_worker

REFERRED = date(2026, 2, 2)
STARTED = date(2026, 2, 4)
FINISHED = date(2026, 3, 16)


def family(number=2, **kwargs):
    """Children of one mother, eldest first, each with an open episode."""
    mother = PersonFactory.create(given_names="Marian", family_name="Pemberton")
    names = ("Tamsin", "Rowan", "Bea", "Owen")
    children = []
    for place in range(number):
        child = ChildFactory.create(
            given_names=names[place],
            family_name="Pemberton",
            born_on=date(2014 + place, 9, 14),
            **kwargs,
        )
        RelationshipFactory.create(person=mother, other_person=child)
        EpisodeFactory.create(child=child, started_on=REFERRED)
        children.append(child)
    return children


def waiting(children=None, *, step="assessments.single", worker=None, trigger=REFERRED) -> Task:
    """An assessment's task, allocated to a registered social worker in a team."""
    worker = worker or social_worker()
    team: Team = (teams_of(worker, on=trigger) or [TeamFactory.create()])[0]
    children = children or family()
    for child in children:
        Allocation.objects.create(
            child=child,
            episode=child.episodes.get(),
            worker=worker,
            team=team,
            started_on=trigger,
            direction="See every child this week.",
            allocated_by=system_worker(),
        )
    return open_step(
        step, children=children, trigger=trigger, worker=worker, team=team, by=system_worker()
    )


def started(children=None, *, worker=None, step="assessments.single", trigger=REFERRED, **kwargs):
    """An assessment just started, with its plan."""
    task = waiting(children, step=step, worker=worker, trigger=trigger)
    return actions.start_assessment(
        **{
            "task": task,
            "started_on": max(trigger, STARTED) if trigger == REFERRED else trigger,
            "people_to_see": "Both children at home and at school, and Marian.",
            "agencies_to_ask": "School and the health visitor.",
            "questions": "Are the children safe at home?",
            "on": max(trigger, STARTED),
            "by": task.worker,
            **kwargs,
        }
    )


WORDS = {
    "child_words": {
        "Tamsin": "I like it when Mum is not tired.",
        "Rowan": "I want my own bed and a dog.",
        "Bea": "Swing.",
        "Owen": "Nothing to say today.",
    },
}


def voice(child, **kwargs):
    """What a child says, whole."""
    return {
        "seen_on": date(2026, 2, 10),
        "seen_where": "At home",
        "seen_by": "Amara Ashdown",
        "seen_alone": True,
        "seen_alone_reason": "",
        "not_seen_why": "",
        "child_words": WORDS["child_words"][child.given_names],
        "words_obtained": "talking",
        "words_changed": f"{child.given_names} asked to stay at the same school, and will.",
        "how_safe": 7,
        "how_safe_on": date(2026, 2, 10),
        "day_in_life": f"{child.given_names} wakes early and gets breakfast for everybody.",
        **kwargs,
    }


def needs(child, **kwargs):
    name = child.given_names
    return {
        "health": f"{name} is growing well and has no health visits outstanding.",
        "education": f"{name} reads above the level expected for the class.",
        "emotional": f"{name} worries at night when the house is loud.",
        "identity": f"{name} is proud of being good at football this year.",
        "relationships": f"{name} is closest to Nan, who lives across the road.",
        "presentation": f"{name} comes to school clean and in uniform.",
        "self_care": f"{name} washes and dresses without help from anybody.",
        **kwargs,
    }


def identity(child, **kwargs):
    name = child.given_names
    return {
        "culture": f"{name} keeps the family's Cornish customs with Nan at Christmas.",
        "ethnicity": f"{name} is White British and is among many at school who are.",
        "religion": f"{name} goes to church with Nan and likes the singing.",
        "language": f"{name} speaks English at home, and no interpreter was needed.",
        "disability": f"{name} has none, as the school and the surgery both confirm.",
        **kwargs,
    }


def risk(child, **kwargs):
    name = child.given_names
    return {
        "risks": [("3B", f"{name} hears arguments that have turned to blows.")],
        "protections": [("warm_care", f"{name} goes to Mum first when hurt.")],
        "risk_rating": "moderate",
        "risk_rationale": f"The arguments are less often since January, but {name} hears them.",
        **kwargs,
    }


def conclusion(child, **kwargs):
    return {
        "analysis": f"{child.given_names} is loved and is frightened, and help would change that.",
        "factors": ["3B"],
        "outcome": "child_in_need",
        "closure_reason": "",
        **kwargs,
    }


SECTIONS = {
    "voice": voice,
    "needs": needs,
    "identity": identity,
    "risk": risk,
    "conclusion": conclusion,
}
SHARED = {
    "family": {
        "parenting_capacity": "Marian feeds, clothes and comforts the children every day.",
        "family_environment": "The flat is dry and warm, and Nan lives across the road.",
    },
    "history": {"history_considered": "The contact of 3 March 2024 was of the same kind."},
    "conclusion": {"family_analysis": "The arguments frighten the children and are about money."},
}


def save(assessment, section, values, *, place="", by=None, on=FINISHED):
    """Save one place of a section, as somebody who had read what stands there."""
    from hearth.assessments.actions.merging import prints
    from hearth.assessments.questions import SECTIONS as ALL
    from hearth.assessments.reading import parts_of, section_values

    record = assessment
    if place:
        child = int(place.removeprefix("child-"))
        record = next(part for part in parts_of(assessment) if part.child_id == child)
    read = prints(section_values(record, ALL[section]))
    return actions.save_section(
        assessment=assessment,
        section=section,
        written={place: Written(values, read)},
        on=on,
        by=by or assessment.task.worker,
    )


def written(children=None, *, leave_out=(), by=None, change=None, **kwargs):
    """An assessment with everything written, but what is left out: names of sections.

    `change` maps (given name, section) to answers that differ.
    """
    assessment = started(children, **kwargs)
    by = by or assessment.task.worker
    for section in sorted({*SHARED, *SECTIONS} - set(leave_out)):
        _write(assessment, section, by, change or {})
    for section, hear in {"parents": hear_parents, "agencies": hear_agency}.items():
        if section not in leave_out:
            hear(assessment, by=by)
    assessment.refresh_from_db()
    return assessment


def _write(assessment, section, by, change):
    if section in SHARED:
        save(assessment, section, SHARED[section], by=by)
    for part in assessment.children.select_related("child") if section in SECTIONS else ():
        extra = change.get((part.child.given_names, section), {})
        values = SECTIONS[section](part.child, **extra)
        save(assessment, section, values, place=f"child-{part.child_id}", by=by)


def hear_parents(assessment, *, by=None):
    """Every parent on record has said what they think."""
    from hearth.assessments.reading import read

    said = {"seen_on": date(2026, 2, 11), "views": "I want the arguing to stop."}
    actions.save_parents(
        assessment=assessment,
        written={f"adult-{p.pk}": Written(said) for p, _ in read(assessment).family.adults},
        on=FINISHED,
        by=by or assessment.task.worker,
    )


def hear_agency(assessment, *, by=None):
    """The school was asked and answered."""
    by = by or assessment.task.worker
    asked = actions.ask_agency(
        assessment=assessment,
        agency="school",
        contact="Mrs Birchall, deputy head",
        asked_on=date(2026, 2, 5),
        on=FINISHED,
        by=by,
    )
    actions.record_agency_answer(
        agency=asked,
        answered_on=date(2026, 2, 12),
        said="Both children attend every day and have friends.",
        on=FINISHED,
        by=by,
    )
    return asked


def submitted(children=None, **kwargs):
    """An assessment sent to a manager."""
    assessment = written(children, **kwargs)
    actions.submit_assessment(
        assessment=assessment,
        on=FINISHED,
        cautions_answer="Another visit is booked for next week.",
        by=assessment.task.worker,
    )
    assessment.refresh_from_db()
    return assessment


def authorised(children=None, *, by, **kwargs):
    """An assessment a manager has agreed."""
    assessment = submitted(children, **kwargs)
    actions.authorise_assessment(
        assessment=assessment,
        rationale="The analysis follows from what was found.",
        on=FINISHED,
        by=by,
    )
    assessment.refresh_from_db()
    return assessment
