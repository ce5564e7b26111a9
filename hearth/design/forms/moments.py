"""A date and a time asked together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from hearth.design.forms.dates import DateWidget, TypedDate, clock, read_date, read_time, refusal


@dataclass(frozen=True, slots=True)
class TypedMoment:
    """What stands in the four boxes."""

    on: TypedDate
    at: str

    @classmethod
    def of(cls, value: object) -> "TypedMoment":
        """The boxes for a moment, or as they were typed."""
        if isinstance(value, cls):
            return cls(value.on.spread(), value.at)
        if isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return cls(TypedDate.of(local.date()), clock(local))
        return cls(TypedDate(), "")


class MomentWidget(DateWidget):
    """Four boxes: day, month, year and time."""

    part_names = ("day", "month", "year", "time")

    def typed(self, value: Any) -> dict[str, str]:
        """What each box shows."""
        shown = TypedMoment.of(value)
        return {**super().typed(shown.on), "time": shown.at}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Take the four boxes, or the whole moment where it was sent in one (2026-04-14T16:20)."""
        if name in data:
            whole = str(data[name]).replace("T", " ").strip()
            on, _, at = whole.partition(" ")
            return TypedMoment(TypedDate.of(on), at)
        on = super().value_from_datadict(data, files, name)
        return TypedMoment(on, str(data.get(f"{name}_time") or "").strip())


class MomentField(forms.Field):
    """A date and time: `MomentField(label="When did they ring?", not_future=True)`."""

    widget = MomentWidget

    def __init__(self, *, not_future: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.not_future = not_future

    def to_python(self, value: Any) -> datetime | None:
        """Read the boxes as one moment on the clock in England."""
        if value is None or isinstance(value, datetime):
            return value
        typed = TypedMoment.of(value)
        if typed.on.is_empty and not typed.at:
            return None
        day = read_date(typed.on)
        if not typed.at:
            raise refusal("Enter the time", "time")
        wall = datetime.combine(day, read_time(typed.at))
        moment = timezone.make_aware(wall)
        # In the hour that is skipped each March the wall clock comes back different.
        if timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None) != wall:
            raise refusal("The clocks went forward then, so there was no such time", "time")
        return moment

    def validate(self, value: datetime | None) -> None:
        """Check the moment against the clock."""
        super().validate(value)
        # A form stands at the door, as a view does: it may read the clock.
        if value is not None and self.not_future and value > timezone.now():
            raise refusal("The date and time must not be in the future", "day", "time")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say another moment than before."""
        return TypedMoment.of(initial) != TypedMoment.of(data)
