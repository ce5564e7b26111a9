"""A child away from home in an enquiry is not recorded at home again by the way of an address.

Lambeth 2017, findings, paragraph 4: a child goes home during an enquiry on a risk assessment that a
manager signed, and with a manager's agreement. Where they live is recorded elsewhere in Hearth, and
must not say that they are home while the enquiry does not.
"""

from datetime import date

from django.utils import timezone

from hearth.casework.families import PARENTS
from hearth.people.models import Address, HouseholdMember, Person, Relationship
from hearth.protection.models import Enquiry, NightPlace, ReturnHome


def why_not_home(fact: Address | HouseholdMember, today: date) -> str | None:
    """Why a child may not be recorded there: it is their home, and they are away from it."""
    if fact.ended_on is not None and fact.ended_on <= today:
        return None
    enquiry = _away_in(fact.person_id, today)
    if enquiry is None or not _is_home(fact, enquiry, today):
        return None
    return (
        f"{fact.person} is away from home in a section 47 enquiry. Record the return home there "
        "first: it needs a risk assessment that a manager signed, and a manager's agreement"
    )


def _away_in(child: int, today: date) -> Enquiry | None:
    """The open enquiry in which a child last slept away from home, and has not gone back since."""
    nights = NightPlace.objects.filter(
        child=child,
        night_of__lte=today,
        enquiry__cancelled_on=None,
        enquiry__children__child=child,
        enquiry__children__ended_on=None,
    )
    last = nights.select_related("enquiry").order_by("-night_of", "-pk").first()
    if last is None:
        return None
    back = ReturnHome.objects.filter(enquiry=last.enquiry_id, child=child)
    return last.enquiry if is_away(last, back.order_by("-happened_at").first()) else None


def is_away(last: NightPlace, back: ReturnHome | None) -> bool:
    """Whether a child who last slept, or was to sleep, there has not gone home since."""
    if last.at_home or back is None:
        return not last.at_home
    on = timezone.localdate(back.happened_at)
    return on < last.night_of or (on == last.night_of and back.recorded_at < last.recorded_at)


def _is_home(fact: Address | HouseholdMember, enquiry: Enquiry, today: date) -> bool:
    """Where a parent lives, or where the child lived when the enquiry began."""
    parents = Relationship.objects.on(today).filter(other_person=fact.person_id, code__in=PARENTS)
    family = Person.objects.filter(pk__in=parents.values("person"))
    began = enquiry.started_on
    if isinstance(fact, HouseholdMember):
        lived = HouseholdMember.objects.filter(household=fact.household_id)
        return (
            lived.on(today).filter(person__in=family).exists()
            or lived.on(began).filter(person=fact.person_id).exists()
        )
    theirs = Address.objects.on(today).filter(person__in=family)
    before = Address.objects.on(began).filter(person=fact.person_id)
    return any(_is_same(fact, one) for one in (*theirs, *before))


def _is_same(one: Address, other: Address) -> bool:
    """The same place, however it was typed: by its national number, or its lines and postcode."""
    if one.uprn and other.uprn:
        return one.uprn == other.uprn
    return _typed(one) == _typed(other)


def _typed(address: Address) -> str:
    said = f"{address.lines} {address.postcode}".casefold()
    return "".join(letter for letter in said if letter.isalnum())
