"""A copy for the family: who may be given one, and what it may hold."""

from collections.abc import Mapping
from typing import Any

from hearth.assessments.documents import Copy
from hearth.assessments.forms.deciding import FamilyCopyForm
from hearth.assessments.reading import Reading


def copy_form(reading: Reading, data: Mapping[str, Any] | None) -> FamilyCopyForm:
    """The questions asked before a copy is made."""
    return FamilyCopyForm(
        data,
        readers=list(_readers(reading).items()),
        children=reading.children,
        agencies=reading.agencies,
    )


def chosen(reading: Reading, form: FamilyCopyForm) -> Copy:
    """The copy as the worker chose it. A child's own copy holds their own words."""
    reader = form.cleaned_data["reader"]
    words_of = {int(pk) for pk in form.cleaned_data["words_of"]}
    if reader.startswith("child-"):
        words_of = {int(reader.removeprefix("child-"))}
    return Copy(
        reader=reader,
        reader_name=_readers(reading)[reader],
        words_of=words_of,
        agencies={int(pk) for pk in form.cleaned_data.get("agencies", ())},
    )


def _readers(reading: Reading) -> dict[str, str]:
    """Whoever may be given a copy: each parent spoken of, and each child who is born."""
    parents = {f"parent-{view.pk}": str(view) for view in reading.parents}
    children = {
        f"child-{child.pk}": child.name for child in reading.children if not child.is_unborn
    }
    return {**parents, **children}
