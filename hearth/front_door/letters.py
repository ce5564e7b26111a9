"""What a referrer is told, written from the record."""

from collections.abc import Mapping, Sequence

from hearth.front_door.models import Contact, ContactDecision, ContactOutcome, ReferrerKind
from hearth.lib.dates import in_words

# To somebody whose work it is. No more of the family's business than they need for their own part.
TO_PROFESSIONALS: Mapping[str, str] = {
    ContactOutcome.REFERRAL: (
        "We have accepted your report about {names} as a referral. A social worker will be in "
        "touch with the family, and may ask you for information."
    ),
    ContactOutcome.STRATEGY: (
        "We are holding a strategy discussion about {names}, with the police and health services "
        "at least. We may ask you to take part."
    ),
    ContactOutcome.ALLOCATED: (
        "We have passed your report about {names} to the social worker who is already working "
        "with the family."
    ),
    ContactOutcome.EARLY_HELP: (
        "We have asked the early help service to offer the family of {names} support, if the "
        "family agrees."
    ),
    ContactOutcome.SIGNPOSTING: (
        "From what we know, {names} can best be helped by another service, and we have said which."
    ),
    ContactOutcome.INFORMATION: "We have given information or advice about {names}.",
    ContactOutcome.OTHER_AUTHORITY: (
        "We have passed your report about {names} to the children's services of the area "
        "responsible for them."
    ),
    ContactOutcome.NO_ACTION: (
        "We have considered your report about {names} carefully, with what else we know, and are "
        "taking no further action ourselves at this time."
    ),
}
TO_OTHERS = (
    "We have read what you told us and a manager has decided what to do. We keep what we know "
    "about families private, so we cannot tell you more than that. You did the right thing by "
    "telling us."
)
IF_YOU_DISAGREE = (
    "If you do not agree with this decision, please say so: ask to speak to the manager who made "
    "it, or use the safeguarding partners' procedure for professional disagreements."
)
IF_WORRIED = (
    "If you become more worried, or learn something new, tell us at once. If a child is in danger "
    "now, ring 999."
)


def feedback_text(
    contact: Contact, decision: ContactDecision, outcomes: Sequence[tuple[str, str]]
) -> str:
    """The body of the letter to a referrer: `outcomes` are pairs of a child's name and outcome.

    A member of the public is told that it was dealt with, never what is known of the family or
    whether it was known before.
    """
    greeting = f"Dear {contact.referrer_name or 'Sir or Madam'}"
    opening = f"Thank you for contacting us on {in_words(contact.received_on)}."
    if contact.referrer_kind != ReferrerKind.PROFESSIONAL:
        return f"{greeting}\n\n{opening}\n\n{TO_OTHERS}\n\n{IF_WORRIED}"
    grouped: dict[str, list[str]] = {}
    for name, outcome in outcomes:
        grouped.setdefault(outcome, []).append(name)
    decided = [TO_PROFESSIONALS[key].format(names=_list(names)) for key, names in grouped.items()]
    advice = [f"Our advice to you: {decision.advice_given}"] if decision.advice_given else []
    return "\n\n".join([greeting, opening, *decided, *advice, IF_YOU_DISAGREE, IF_WORRIED])


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
