"""Questions answered with a published code: the list comes from the register of codes."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Self

from django import forms
from django.utils import timezone

from hearth.lib.codes import code_set

Day = date | Callable[[], date] | None


class FromCodes(forms.Field):
    """A question whose answers are the codes of a set that hold on a day."""

    choices: Any

    def __init__(
        self,
        set_key: str,
        *,
        on: Day = None,
        only: Iterable[str] | None = None,
        blank_label: str = "",
        **options: Any,
    ) -> None:
        self.set_key, self.on, self.blank_label = set_key, on, blank_label
        self.only = None if only is None else frozenset(only)
        super().__init__(**options)
        self.choices = self.offered

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Let the copy that a form makes offer its own day's codes, when the form sets `on`."""
        result: Self = super().__deepcopy__(memo)
        result.choices = result.offered
        return result

    def offered(self) -> list[tuple[str, str]]:
        """The codes and their words, with an empty answer first where there is one."""
        # A form stands at the door, as a view does: it may read the clock.
        day = self.on() if callable(self.on) else self.on or timezone.localdate()
        codes = [
            (code, label)
            for code, label in code_set(self.set_key).choices(on=day)
            if self.only is None or code in self.only
        ]
        return [("", self.blank_label), *codes] if self.blank_label else codes


class CodeField(FromCodes, forms.ChoiceField):
    """One code of a set: `CodeField("referral_source", label="Who told us?")`.

    More than 15 answers are found by typing. `as_radios=True` shows a few at once. `on` is the day
    whose codes are offered: today unless given, or set by the form
    (`self.fields["source"].on = received_on`). `only` narrows the list.
    """

    def __init__(
        self, set_key: str, *, as_radios: bool = False, blank_label: str = "Choose", **options: Any
    ) -> None:
        if as_radios:
            options["widget"] = forms.RadioSelect
        super().__init__(set_key, blank_label="" if as_radios else blank_label, **options)


class CodesField(FromCodes, forms.MultipleChoiceField):
    """Any number of codes of a set, as boxes: `CodesField("assessment_factor", label="Which?")`."""

    widget = forms.CheckboxSelectMultiple
