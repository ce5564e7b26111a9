"""A part of a form for each child: one family's work written once, with no child left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django import forms


class Child(Protocol):
    """Somebody with a number and, as text, a name."""

    pk: Any


C = TypeVar("C", bound=Child)


@dataclass(frozen=True, slots=True)
class Part(Generic[C]):
    """One child's part of the form, and its place among the others."""

    child: C
    form: forms.Form
    number: int
    of: int


class ChildParts(Generic[C]):
    """The same questions for each child, all on the page at once.

    In the view, beside the form itself:

        parts = ChildParts(ChildPartForm, children, data=request.POST or None)
        if form.is_valid() & parts.is_valid():
            actions.record_visit(..., parts=parts.cleaned_data)

    and `{% child_parts parts %}` in the page. `cleaned_data` is a list of (child, answers).
    """

    def __init__(
        self,
        form_class: type[forms.Form],
        children: Sequence[C],
        *,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[Any, Mapping[str, Any]] | None = None,
        prefix: str = "child",
        **options: Any,
    ) -> None:
        known = initial or {}
        self.parts = [
            Part(
                child,
                form_class(
                    data,
                    prefix=f"{prefix}-{child.pk}",
                    initial=dict(known.get(child.pk, {})),
                    **options,
                ),
                number,
                len(children),
            )
            for number, child in enumerate(children, 1)
        ]

    def __iter__(self) -> Iterator[Part[C]]:
        """Each child's part, in the order given."""
        return iter(self.parts)

    def is_valid(self) -> bool:
        """Whether every part is complete; every part is checked, so that all errors show."""
        return all([part.form.is_valid() for part in self.parts])  # noqa: C419

    @property
    def is_bound(self) -> bool:
        """Whether they show what was sent."""
        return any(part.form.is_bound for part in self.parts)

    @property
    def has_errors(self) -> bool:
        """Whether any part was sent and is wrong."""
        return any(part.form.errors for part in self.parts)

    @property
    def cleaned_data(self) -> list[tuple[C, dict[str, Any]]]:
        """Each child with the answers given for them."""
        return [(part.child, part.form.cleaned_data) for part in self.parts]
