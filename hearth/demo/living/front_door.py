"""The front door's acts, each through its own action."""

from hearth.casework.models import Task
from hearth.demo import acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.demo.people import living_together, new_person, ties
from hearth.front_door import actions
from hearth.front_door.models import Feedback, Referral
from hearth.people import actions as people
from hearth.people.models import HouseholdMember


def put_on_record(life: Life, act: acts.PutOnRecord) -> None:
    """Everybody in the family, their ties, and their household."""
    family, day, by = life.family, day_of(act), life.user(act)
    number = life.number * 10
    life.everyone = people.create_people(
        people=[
            new_person(family, somebody, number + n, day)
            for n, somebody in enumerate(family.everyone)
        ],
        today=day,
        by=by,
    )
    people.relate_people(
        ties=[
            people.NewTie(
                person=life.everyone[tie.person],
                other_person=life.everyone[tie.other],
                code=tie.code,
                parental_responsibility=tie.responsible,
            )
            for tie in ties(family)
        ],
        today=day,
        by=by,
    )
    members = [HouseholdMember(person=life.everyone[n]) for n in living_together(family)]
    (life.household,) = people.house_people(households=[members], today=day, by=by)


def contact(life: Life, act: acts.Contact) -> None:
    """Record what we were told."""
    told = act.referrer
    life.contacts[act.key] = actions.record_contact(
        received_at=act.received_at,
        method=act.method,
        referrer_kind=told.kind,
        referrer_name=told.name,
        referrer_role=told.role,
        referrer_agency=told.agency,
        referrer_organisation=told.organisation,
        referrer_phone=told.phone,
        source=told.source,
        reason=act.reason,
        children=life.some(act.about),
        said={life.everyone[n].pk: words for n, words in act.said.items()},
        concerns=act.concerns,
        significant_harm=act.harm,
        consent=act.consent,
        lawful_basis=act.basis,
        out_of_hours=act.out_of_hours,
        action_taken=act.action_taken,
        by=life.user(act),
    )


def acknowledge(life: Life, act: acts.Acknowledge) -> None:
    """Take up what the out-of-hours service took."""
    taken = life.contacts[act.key]
    task = life.task("front_door.acknowledge_out_of_hours", taken.pk)
    actions.acknowledge_out_of_hours(
        contact=taken,
        acknowledgement=act.text,
        late_reason=why_late(task, day_of(act)),
        at=act.at,
        by=life.user(act),
    )


def screen(life: Life, act: acts.Screen) -> None:
    """Look into a contact and send it to a manager."""
    taken = life.contacts[act.key]
    actions.screen_contact(
        contact=taken,
        concerns=act.concerns,
        consent=act.consent,
        lawful_basis=act.basis,
        rationale=act.rationale,
        recommended_threshold=act.threshold,
        recommended_outcome=act.outcome,
        late_reason=why_late(life.task("front_door.screen_contact", taken.pk), day_of(act)),
        at=act.at,
        by=life.user(act),
    )


def decide(life: Life, act: acts.Decide) -> None:
    """Decide a contact, and with a team its referral."""
    taken = life.contacts[act.key]
    prompted = taken.prompts.filter(answered_at=None).exists()
    actions.decide_contact(
        contact=taken,
        outcome=act.outcome,
        threshold_level=act.threshold,
        rationale=act.rationale,
        safety_now=act.safety,
        advice_given=act.advice,
        report_quality=act.quality,
        third_contact_answer=act.third if prompted else "",
        late_reason=why_late(life.task("front_door.decide_contact", taken.pk), day_of(act)),
        primary_need=act.need,
        direction=act.direction,
        priority=act.priority,
        family_told=True if act.need else None,
        team=life.payroll.team(act.team) if act.team else None,
        at=act.at,
        by=life.user(act),
    )


def tell_referrer(life: Life, act: acts.TellReferrer) -> None:
    """Tell the referrer, unless nobody knows who they are or the case has closed meanwhile."""
    feedback = Feedback.objects.unsent().filter(contact=life.contacts[act.key]).first()
    task = _feedback_task(feedback)
    if feedback is None or task is None:
        return
    actions.send_feedback(
        feedback=feedback,
        text=feedback.text,
        how=act.how,
        late_reason=why_late(task, day_of(act)),
        at=act.at,
        by=life.user(act),
    )


def _feedback_task(feedback: Feedback | None) -> Task | None:
    if feedback is None:
        return None
    waiting = Task.objects.outstanding().filter(step_key="front_door.feedback")
    return waiting.filter(record_id=feedback.pk).first()


def decide_referral(life: Life, act: acts.DecideReferral) -> None:
    """Decide a referral that waited."""
    referral = Referral.objects.get(contact=life.contacts[act.key])
    actions.decide_referral(
        referral=referral,
        outcome=act.outcome,
        threshold_level=act.threshold,
        rationale=act.rationale,
        primary_need=act.need,
        direction=act.direction,
        priority=act.priority,
        family_told=True,
        team=life.payroll.team(act.team),
        late_reason=why_late(life.task("front_door.decide_referral", referral.pk), day_of(act)),
        at=act.at,
        by=life.user(act),
    )


def read_contact(life: Life, act: acts.ReadContact) -> None:
    """The allocated worker reads a contact."""
    taken = life.contacts[act.key]
    tasks = Task.objects.outstanding().filter(step_key="front_door.read_contact")
    task = tasks.filter(record_id=taken.pk).first()
    if task is None:
        return
    actions.read_contact(
        contact=taken,
        will_do=act.text,
        late_reason=why_late(task, day_of(act)),
        at=act.at,
        by=life.user(act),
    )


def take_up(life: Life, act: acts.TakeUp) -> None:
    """Somebody takes up a family that was handed on."""
    task = life.task(act.step)
    actions.hand_over(
        task=task,
        taken_up=act.text,
        late_reason=why_late(task, day_of(act)),
        at=act.at,
        by=life.user(act),
    )
