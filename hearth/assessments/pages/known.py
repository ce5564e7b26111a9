"""What is already on the record, shown beside the question and never asked again."""

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from hearth.assessments.questions import Section
from hearth.assessments.reading import Reading
from hearth.lib.codes import code_set
from hearth.people.models import Characteristic, CharacteristicKind, Disability, Language

Known = Mapping[int, Mapping[str, str]]


def known_of(section: Section, reading: Reading) -> Known:
    """For each child, what the record says beside each question of this section."""
    if section.key == "identity":
        return _identity(reading)
    return defaultdict(dict)


def _identity(reading: Reading) -> Known:
    ids = [child.pk for child in reading.children]
    day = reading.assessment.started_on
    known: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kinds = (CharacteristicKind.ETHNICITY, CharacteristicKind.RELIGION)
    for row in cast(
        "list[Characteristic]",
        Characteristic.objects.on(day).filter(person__in=ids, kind__in=kinds),
    ):
        words = code_set(row.kind).label(row.code) if row.code else ""
        known[row.person_id][row.kind].append(_both(words, row.detail))
    for language in cast("list[Language]", Language.objects.on(day).filter(person__in=ids)):
        words = code_set("language").label(language.code)
        extra = "interpreter needed" if language.interpreter_needed else ""
        known[language.person_id]["language"].append(_both(words, extra))
    for disability in cast("list[Disability]", Disability.objects.on(day).filter(person__in=ids)):
        words = code_set("disability").label(disability.code)
        known[disability.person_id]["disability"].append(_both(words, disability.detail))
    return {
        pk: {
            field: "; ".join(known[pk].get(field, [])) or "Nothing is on the record"
            for field in ("ethnicity", "religion", "language", "disability")
        }
        for pk in ids
    }


def _both(words: str, extra: str) -> str:
    return f"{words} ({extra})" if words and extra else words or extra
