"""Codes, outcomes and addresses in words, for the front door's pages: {% load front_door %}."""

from django import template
from django.urls import NoReverseMatch, reverse

from hearth.casework.models import Task
from hearth.front_door.models import ContactOutcome, ReferralOutcome
from hearth.lib.codes import words

register = template.Library()


@register.filter
def code(value: str, set_key: str) -> str:
    """A code in words: {{ contact.method|code:"contact_method" }}."""
    return words(set_key, value) if value else ""


@register.filter
def contact_outcome(value: str) -> str:
    """What was decided about a contact, in words: {{ outcome|contact_outcome }}."""
    return str(ContactOutcome(value).label) if value else ""


@register.filter
def referral_outcome(value: str) -> str:
    """What was decided about a referral, in words: {{ outcome|referral_outcome }}."""
    return str(ReferralOutcome(value).label) if value else ""


@register.filter
def task_address(task: Task) -> str:
    """The page where a task is done: {{ task|task_address }}."""
    if task.page is None:
        return ""
    name, pk = task.page
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
