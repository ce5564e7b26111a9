"""The usual answers, so that a test says only what it is about."""

from hearth.front_door import actions
from hearth.front_door.tests.factories import MONDAY, TUESDAY


def record(children, by, **changes):
    """A police report about these children."""
    answers = {
        "received_at": MONDAY,
        "method": "police_notification",
        "referrer_kind": "professional",
        "referrer_name": "PC Adeyemi",
        "referrer_agency": "police",
        "reason": "Called to the home at 2am. Their father had hit their mother.",
        "concerns": ["domestic_abuse"],
    }
    return actions.record_contact(children=children, by=by, **{**answers, **changes})


def screen(contact, by, **changes):
    """Screened the same morning, without the family's agreement but lawfully."""
    answers = {
        "concerns": contact.concerns,
        "consent": "not_asked",
        "lawful_basis": "significant_harm",
        "rationale": "The third call this year, and all three children were there.",
        "recommended_threshold": "3",
        "at": MONDAY,
    }
    return actions.screen_contact(contact=contact, by=by, **{**answers, **changes})


def decide(contact, by, **changes):
    """No further action, the next morning."""
    answers = {
        "outcome": "no_further_action",
        "threshold_level": "1",
        "rationale": "The school's own offer meets what is needed.",
        "at": TUESDAY,
    }
    return actions.decide_contact(contact=contact, by=by, **{**answers, **changes})


def screened(children, by, **changes):
    """A contact recorded and screened."""
    return screen(record(children, by, **changes), by)
