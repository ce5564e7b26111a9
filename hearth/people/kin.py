"""What relatives are to each other: the codes sorted by what they mean for a family."""

from hearth.lib.codes import inverse_relationship, words

# By the code that says it with no sex: what `person` is to `other_person`.
BIRTH_PARENTS = frozenset({"father", "mother", "parent"})
PARTNERS = frozenset({"husband", "wife", "spouse", "civil_partner", "partner", "former_partner"})
SIBLINGS = frozenset({"brother", "sister", "sibling", "twin"})
HALF_SIBLINGS = frozenset({"half_brother", "half_sister", "half_sibling"})
CARERS = frozenset(
    {
        "special_guardian",
        "kinship_carer",
        "foster_carer",
        "private_foster_carer",
        "prospective_adopter",
        "guardian",
    }
)
# Not kin, and not drawn in a family tree.
NOT_KIN = frozenset(
    {
        "carer",
        "cared_for",
        "godparent",
        "godchild",
        "host",
        "guest",
        "lives_with",
        "friend",
        "family_friend",
        "neighbour",
        "other",
    }
)
# How many generations up somebody stands from the one they are this to.
UP = {
    "parent": 1,
    "step_parent": 1,
    "adoptive_parent": 1,
    "parents_partner": 1,
    "grandparent": 2,
    "great_grandparent": 3,
    "aunt_or_uncle": 1,
    "great_aunt_or_uncle": 2,
    "parent_in_law": 1,
    **dict.fromkeys(CARERS, 1),
}


def neutral(code: str) -> str:
    """The code that says the same of somebody of either sex: mother, so parent."""
    return inverse_relationship(inverse_relationship(code, "U"), "U")


def generations_up(code: str) -> int | None:
    """How many generations above the other somebody with this code stands; None when not kin."""
    if code in NOT_KIN:
        return None
    said, inverse = neutral(code), inverse_relationship(code, "U")
    if said in UP:
        return UP[said]
    return -UP[neutral(inverse)] if neutral(inverse) in UP else 0


def is_sibling(code: str) -> bool:
    """Whether the two are brothers or sisters of any kind."""
    return code == "twin" or ("sibling" in neutral(code) and "in_law" not in code)


def is_parent(code: str) -> bool:
    """Whether this is a birth, adoptive or believed parent."""
    return neutral(code) in {"parent", "adoptive_parent"}


def may_be_responsible(code: str) -> bool:
    """Whether somebody with this code may be thought to have parental responsibility."""
    parents = {"parent", "adoptive_parent", "step_parent", "parents_partner"}
    return code in CARERS or (bool(code) and neutral(code) in parents)


def is_younger_side(code: str) -> bool:
    """Whether the code is that of the younger, or of the one cared for."""
    up = generations_up(code)
    return code in _CARED_FOR or (up is not None and up < 0)


_CARED_FOR = frozenset({"cared_for", "godchild", "guest"})


# What somebody is who is the first of the second of the child: a parent of a parent.
_TWO_STEPS = {
    ("parent", "parent"): {"M": "grandfather", "F": "grandmother", "U": "grandparent"},
    ("sibling", "parent"): {"M": "uncle", "F": "aunt", "U": "aunt_or_uncle"},
    ("child", "sibling"): {"M": "nephew", "F": "niece", "U": "niece_or_nephew"},
    ("child", "aunt_or_uncle"): {"M": "cousin", "F": "cousin", "U": "cousin"},
    ("parent", "grandparent"): {
        "M": "great_grandfather",
        "F": "great_grandmother",
        "U": "great_grandparent",
    },
}


def by_two_steps(first: str, second: str, sex: str) -> str:
    """In words, what somebody is to a child who is `first` of the child's `second`."""
    made = _TWO_STEPS.get((neutral(first), neutral(second)))
    if made is not None:
        return words("relationship", made[sex])
    return f"{words('relationship', second)}'s {words('relationship', first).lower()}"
