"""A manager's decision page: the facts, the questions, and what will follow from the answers."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from hearth.casework.models import Episode
from hearth.design.forms import ChildParts
from hearth.front_door import process
from hearth.front_door.forms.deciding import (
    DecisionForm,
    ExceptionForm,
    ReferralExceptionForm,
    ReferralForm,
)
from hearth.front_door.forms.parts import ask_why_late
from hearth.front_door.models import Contact, Referral
from hearth.front_door.models.decisions import OPENS_A_REFERRAL
from hearth.front_door.models.referrals import KEEPS_THE_EPISODE
from hearth.front_door.pages import consequences
from hearth.front_door.pages.giving import Given, givable, weighed
from hearth.front_door.pages.history import Known, known_of
from hearth.front_door.pages.queue import due_on
from hearth.front_door.pages.screening import facts_of
from hearth.people.models import Person

NOT_CARRIED = {"csrfmiddlewaretoken", "confirm", "change"}


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """Every answer of a form, to stand hidden on the page that asks to confirm it."""
    return [
        (name, value) for name in data if name not in NOT_CARRIED for value in data.getlist(name)
    ]


class _Deciding:
    """What the two decision pages share: the family, who can be given it, and exceptions."""

    form: DecisionForm | ReferralForm
    parts: ChildParts[Person] | None
    children: list[Person]
    keeps: tuple[Any, ...]

    def __init__(self, data: QueryDict | None, now: datetime) -> None:
        self.data, self.now = data, now
        self.today = timezone.localtime(now).date()

    @cached_property
    def givable(self) -> dict[str, tuple[str, Given]]:
        """Who can be given it."""
        return givable(self.today)

    def weigh(self) -> None:
        """Ask why, when the worker chosen would carry too much; refuse, when they cannot."""
        chosen = self.givable.get(self.data.get("given_to", "") if self.data else "")
        found = weighed(chosen[1] if chosen else None, self.children, today=self.today)
        self.refusals = found.refusals if found else []
        if found and found.warning:
            self.form.ask_over_limit(found.warning)

    def is_valid(self) -> bool:
        """Whether it can be confirmed; all of it is checked, so that all errors show."""
        if self.data is None:
            return False
        valid = all([self.form.is_valid(), self.parts is None or self.parts.is_valid()])
        if valid and self.refusals and self._gives():
            self.form.add_error("given_to", ". ".join(self.refusals))
            return False
        return valid

    def _gives(self) -> bool:
        return any(outcome in self.keeps for _, outcome in self.outcomes)

    @property
    def exceptions(self) -> dict[int, Any]:
        """Each child decided otherwise, with how."""
        if self.parts is None:
            return {}
        return {
            part.child.pk: part.form.answer()  # type: ignore[attr-defined]
            for part in self.parts
            if part.form.has_changed()
        }

    @property
    def outcomes(self) -> list[tuple[Person, str]]:
        """Each child with what is decided for them."""
        own = self.exceptions
        main = self.form.cleaned_data["outcome"]
        return [
            (child, (own[child.pk].outcome if child.pk in own else "") or main)
            for child in self.children
        ]


class DecidingContact(_Deciding):
    """The page where a contact is decided."""

    keeps = OPENS_A_REFERRAL

    def __init__(self, contact: Contact, data: QueryDict | None, *, now: datetime) -> None:
        super().__init__(data, now)
        self.contact = contact
        self.facts = facts_of(contact, now=now, step=process.DECIDE_CONTACT)
        self.children = self.facts.people
        prompted = bool(self.facts.unanswered)
        self.form = DecisionForm(contact, self.givable, data, prompted=prompted)
        ask_why_late(self.form, self.facts.due_on, self.today)
        several = len(self.children) > 1
        self.parts = ChildParts(ExceptionForm, self.children, data=data) if several else None
        self.weigh()

    @cached_property
    def known(self) -> list[Known]:
        """What is already known of the family."""
        return known_of(self.children, today=self.today, but_not=self.contact.pk)

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        return {**self.form.cleaned_data, "exceptions": self.exceptions}

    @property
    def consequences(self) -> list[str]:
        """What confirming will do."""
        open_now = Episode.objects.open().filter(child__in=self.children)
        return consequences.of_contact(
            self.contact,
            self.outcomes,
            self.form.cleaned_data,
            open_cases=frozenset(open_now.values_list("child_id", flat=True)),
            at=self.now,
        )


class DecidingReferral(_Deciding):
    """The page where a referral is decided."""

    keeps = KEEPS_THE_EPISODE

    def __init__(self, referral: Referral, data: QueryDict | None, *, now: datetime) -> None:
        super().__init__(data, now)
        self.referral = referral
        found = referral.children.select_related("child", "episode", "previous").order_by("pk")
        self.referral_children = list(found)
        self.children = [part.child for part in self.referral_children]
        self.form = ReferralForm(referral, self.givable, data)
        self.due_on = due_on(process.DECIDE_REFERRAL, referral.pk)
        ask_why_late(self.form, self.due_on, self.today)
        several = len(self.children) > 1
        parts = ChildParts(ReferralExceptionForm, self.children, data=data) if several else None
        self.parts = parts
        self.weigh()

    @cached_property
    def known(self) -> list[Known]:
        """What is already known of the family."""
        return known_of(self.children, today=self.today, but_not=self.referral.contact_id)

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        return {**self.form.cleaned_data, "exceptions": self.exceptions}

    @property
    def consequences(self) -> list[str]:
        """What confirming will do."""
        return consequences.of_referral(
            self.referral.received_on, self.outcomes, self.form.cleaned_data, at=self.now
        )
