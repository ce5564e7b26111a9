"""Who a child is, as the census asks it: on the last day of its year."""

from collections.abc import Sequence
from datetime import date

from hearth.lib.codes import code_set
from hearth.people.models import BirthKind, IdentifierKind
from hearth.people.models.person import CharacteristicKind
from hearth.returns.building.reading import Fact, Known
from hearth.returns.building.structure import Values

NOT_OBTAINED = "NOBT"
NONE_KNOWN = "U"


def identifiers(la_child_id: str, known: Known, day: date) -> Values:
    """ChildIdentifiers. A child born after the day was unborn on it (rules 8520 and 8750)."""
    birth = _one(known.births, day)
    unborn = birth is not None and (birth.kind == BirthKind.EXPECTED or birth.says > day)
    upn = _kept(known.identifiers, IdentifierKind.UPN, day)
    sex = _kept(known.characteristics, CharacteristicKind.SEX, day)
    why = _kept(known.characteristics, CharacteristicKind.UPN_UNKNOWN, day)
    born_on = birth.says.isoformat() if birth is not None else None
    return {
        "LAchildID": la_child_id,
        "UPN": upn,
        "FormerUPN": _former(known.identifiers, upn),
        "UPNunknown": None if upn else why,
        "PersonBirthDate": None if unborn else born_on,
        "ExpectedPersonBirthDate": born_on if unborn else None,
        "Sex": NONE_KNOWN if unborn else sex or NONE_KNOWN,
        "PersonDeathDate": _died(known.characteristics, day),
    }


def characteristics(known: Known, day: date) -> Values:
    """ChildCharacteristics: an ethnicity nobody has recorded is one not yet obtained."""
    codes = _disabilities(known.disabilities, day)
    return {
        "Ethnicity": _kept(known.characteristics, CharacteristicKind.ETHNICITY, day)
        or NOT_OBTAINED,
        "Disabilities": {"Disability": codes} if codes else None,
    }


def _one(facts: Sequence[Fact], day: date) -> Fact | None:
    """What held on a day; where nothing did, what was first known to hold after it."""
    held = [fact for fact in facts if fact.held_on(day)]
    if held:
        return held[-1]
    return next((f for f in facts if f.started_on is not None and f.started_on > day), None)


def _kept(facts: Sequence[Fact], kind: str, day: date) -> str | None:
    found = _one([fact for fact in facts if fact.kind == kind], day)
    return found.says if found is not None else None


def _former(facts: Sequence[Fact], upn: str | None) -> str | None:
    """The number the pupil had before: kept as such, or one that came to an end."""
    kept = [f.says for f in facts if f.kind == IdentifierKind.FORMER_UPN and f.ended_on is None]
    ended = [f.says for f in facts if f.kind == IdentifierKind.UPN and f.ended_on is not None]
    earlier = [each for each in (*ended, *kept) if each != upn]
    return earlier[-1] if earlier else None


def _died(facts: Sequence[Fact], day: date) -> str | None:
    deaths = [f.started_on for f in facts if f.kind == CharacteristicKind.DEATH]
    return next((died.isoformat() for died in deaths if died is not None and died <= day), None)


def _disabilities(facts: Sequence[Fact], day: date) -> list[str]:
    held = {f.says for f in facts if f.held_on(day)}
    held = held or {f.says for f in facts if f.ended_on is None}
    return [code.code for code in code_set("disability") if code.code in held]
