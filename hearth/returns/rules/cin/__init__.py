"""The rules of the children in need census."""

from hearth.returns.rules.cin import (
    assessments,
    births_and_deaths,
    both_plans,
    characteristics,
    closures,
    conferences,
    enquiries,
    factors,
    header,
    identifiers,
    in_need_plans,
    no_further_action,
    protection_plans,
    referrals,
    upn,
)

__all__ = [
    "assessments",
    "births_and_deaths",
    "both_plans",
    "characteristics",
    "closures",
    "conferences",
    "enquiries",
    "factors",
    "header",
    "identifiers",
    "in_need_plans",
    "no_further_action",
    "protection_plans",
    "referrals",
    "upn",
]
