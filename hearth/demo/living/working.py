"""The acts of everyday work with a family, each through its own action."""

from hearth.casework import actions as casework
from hearth.casework.actions.allocations import TO_ALLOCATE
from hearth.casework.models import Closing, Task
from hearth.demo import acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.people import actions as people
from hearth.people.models import Disability, Hazard
from hearth.people.understood import needs_on
from hearth.records import actions as records
from hearth.records.models import VisitChild

ACCEPTED = "Agreed with the service manager for four weeks, until the vacancy is filled."


def allocate(life: Life, act: acts.Allocate) -> None:
    """Give the family's cases to a worker."""
    episodes = life.open_episodes()
    if not episodes:
        return
    waiting = Task.objects.outstanding().filter(step_key=TO_ALLOCATE)
    task = waiting.filter(children__child__in=life.ids()).first()
    casework.allocate_family(
        episodes=episodes,
        worker=life.payroll.user(act.worker),
        team=life.payroll.team(act.team),
        on=day_of(act),
        direction=act.direction,
        change_reason=act.reason,
        over_limit_reason=ACCEPTED,
        late_reason=why_late(task, day_of(act)),
        by=life.user(act),
    )


def visit(life: Life, act: acts.Visit) -> None:
    """Record a visit."""
    records.record_visit(
        parts=[(life.everyone[n], part) for n, part in act.parts.items()],
        kind=act.kind,
        happened_at=act.happened_at,
        attempted=act.attempted,
        next_visit_on=act.next_on,
        announced=act.announced,
        place=act.place,
        account=act.account,
        home=act.home,
        worries=act.worries,
        agreed=act.agreed,
        understood=_understood(life, act),
        by=life.user(act),
    )


def _understood(life: Life, act: acts.Visit) -> str:
    """An interpreter came where one was needed, as they should."""
    children = [life.everyone[n].pk for n in act.parts]
    needs = needs_on(children, day_of(act)) if not act.attempted else []
    return "interpreter" if needs else ""


def note(life: Life, act: acts.Note) -> None:
    """Record a case note."""
    records.record_note(
        children=life.some(act.about),
        kind=act.kind,
        happened_at=act.happened_at,
        headline=act.headline,
        text=act.text,
        texts={life.everyone[n].pk: words for n, words in act.texts.items()},
        significance=act.significance,
        by=life.user(act),
    )


def oversee(life: Life, act: acts.Oversee) -> None:
    """A manager writes a direction."""
    records.record_oversight(
        children=[episode.child for episode in life.open_episodes()] or life.children,
        text=act.text,
        oversight_point=act.point,
        happened_at=act.at,
        by=life.user(act),
    )


def move(life: Life, act: acts.Move) -> None:
    """The household moves."""
    assert life.household is not None  # noqa: S101 - put on record before anything else
    people.move_household(
        household=life.household,
        lines=act.lines,
        postcode=act.postcode,
        moved_on=act.moved_on,
        today=day_of(act),
        by=life.user(act),
    )


def birth(life: Life, act: acts.Birth) -> None:
    """An expected child is born."""
    life.everyone[act.child] = people.record_birth(
        person=life.everyone[act.child],
        born_on=act.born_on,
        sex=act.sex,
        given_names=act.given_names,
        today=day_of(act),
        by=life.user(act),
    )
    # The census asks it of every child once born (rule 8540).
    disability = life.family.everyone[act.child].disability
    people.record_fact(
        fact=Disability(person=life.everyone[act.child], code=disability),
        today=day_of(act),
        by=life.user(act),
    )


def find_hazard(life: Life, act: acts.FindHazard) -> None:
    """A danger to workers is recorded."""
    people.record_fact(
        fact=Hazard(
            person=life.adult(act.adult),
            code=act.code,
            detail=act.detail,
            advice=act.advice,
            started_on=day_of(act),
            review_on=act.review_on,
        ),
        today=day_of(act),
        by=life.user(act),
    )


def ask_to_close(life: Life, act: acts.AskToClose) -> None:
    """The worker asks for the open episodes to be closed."""
    places = {child.pk: n for n, child in enumerate(life.children)}
    episodes = [e for e in life.open_episodes() if places[e.child_id] in act.summaries]
    seen = VisitChild.objects.last_seen_days([episode.child_id for episode in episodes])
    casework.ask_to_close(
        parts=[
            casework.ClosingPart(
                episode=episode,
                closure_reason=act.reason,
                summary=act.summaries[places[episode.child_id]],
                last_seen_on=seen.get(episode.child_id),
                not_seen_reason="" if episode.child_id in seen else "Not born by then.",
            )
            for episode in episodes
        ],
        ended_on=day_of(act),
        told_family=act.told_family,
        told_agencies=act.told_agencies,
        by=life.user(act),
    )


def agree_to_close(life: Life, act: acts.AgreeToClose) -> None:
    """The manager agrees, and they close."""
    closing = Closing.objects.filter(children__child__in=life.ids()).order_by("-pk")[0]
    casework.agree_closing(closing=closing, comments=act.comments, by=life.user(act))
