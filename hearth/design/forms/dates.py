"""Dates and times as workers write them, kept as typed when they make no sense."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.lib.dates import MONTHS, in_words

LONG_AGO = date(1900, 1, 1)
NUMBERS = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WORDS = re.compile(r"(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([a-z]+)[\s,./-]+(\d{4})")


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What stands in the three boxes, sense or not."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: object) -> "TypedDate":
        """The boxes for a date, for a whole date in one piece of text, or as they were typed."""
        if isinstance(value, cls):
            return value.spread()
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls(day=str(value or "").strip()).spread()

    def spread(self) -> "TypedDate":
        """A whole date pasted into the first box, put into all three."""
        if self.month or self.year:
            return self
        return split_whole_date(self.day) or self

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not (self.day or self.month or self.year)


def split_whole_date(text: str) -> TypedDate | None:
    """The parts of 14/4/2026, 14 April 2026, Tuesday 14th April 2026 or 2026-04-14."""
    text = text.strip().lower()
    if found := ISO.fullmatch(text):
        return TypedDate(found[3], found[2], found[1])
    if found := NUMBERS.fullmatch(text) or WORDS.fullmatch(text):
        return TypedDate(found[1], found[2], found[3])
    return None


def month_number(text: str) -> int | None:
    """The month meant by 4, 04, Apr or April."""
    text = text.strip().lower().rstrip(".")
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text[:3]) <= len(MONTHS) else None
    if len(text) < len("may"):
        return None
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(text)), None)


def read_date(typed: TypedDate) -> date:
    """The day that was meant, or an error that says which box to put right."""
    missing = [part for part in ("day", "month", "year") if not getattr(typed, part)]
    if missing:
        raise refusal(f"Enter the {' and the '.join(missing)}", *missing)
    if not (typed.day.isascii() and typed.day.isdigit() and 1 <= int(typed.day[:3]) <= 31):  # noqa: PLR2004
        raise refusal("Enter the day as a number from 1 to 31", "day")
    month = month_number(typed.month)
    if month is None:
        raise refusal("Enter the month as a number from 1 to 12, or as its name", "month")
    if not re.fullmatch(r"[12][0-9]{3}", typed.year):
        raise refusal("Enter all four figures of the year, such as 2019", "year")
    with suppress(ValueError):
        return date(int(typed.year), month, int(typed.day))
    raise refusal(
        f"There is no {int(typed.day)} {MONTHS[month - 1]} {typed.year}: check the day", "day"
    )


def refusal(message: str, *parts: str) -> ValidationError:
    """An error about some of a question's boxes."""
    return ValidationError(message, code="invalid", params={"parts": parts})


class DateWidget(forms.Widget):
    """Three boxes: day, month and year."""

    template_name = "design/widgets/date.html"
    use_fieldset = True
    part_names: tuple[str, ...] = ("day", "month", "year")
    widths: Mapping[str, int] = {"day": 2, "month": 2, "year": 4, "time": 5}

    def typed(self, value: Any) -> dict[str, str]:
        """What each box shows."""
        shown = TypedDate.of(value)
        return {"day": shown.day, "month": shown.month, "year": shown.year}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each box its name, its words and whether it is wrong."""
        context = super().get_context(name, value, attrs)
        typed, base = self.typed(value), context["widget"]["attrs"].get("id", name)
        wrong = context["widget"]["attrs"].get("data-wrong", "").split()
        context["widget"]["parts"] = [
            {
                "part": part,
                "label": part.capitalize(),
                "name": f"{name}_{part}",
                "id": f"{base}_{part}",
                "value": typed[part],
                "width": self.widths[part],
                "inputmode": "text" if part == "time" else "numeric",
                "is_wrong": part in wrong,
            }
            for part in self.part_names
        ]
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002
        name: str,
    ) -> Any:
        """Take the three boxes, or the whole date where it was sent in one."""
        if name in data:
            return data[name]
        return TypedDate(
            *(str(data.get(f"{name}_{part}") or "").strip() for part in self.part_names[:3])
        )

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002
        name: str,
    ) -> bool:
        """Whether none of the boxes was on the form that was sent."""
        return name not in data and all(f"{name}_{part}" not in data for part in self.part_names)


class DateField(forms.Field):
    """A date: `DateField(label="When was the visit?", not_future=True)`."""

    widget = DateWidget

    def __init__(
        self,
        *,
        not_future: bool = False,
        not_before: date | Callable[[], date] = LONG_AGO,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.not_future = not_future
        self.not_before = not_before

    def to_python(self, value: Any) -> date | None:
        """Read the boxes; an answer that makes no sense is said so, box by box."""
        if value is None or isinstance(value, date):
            return value
        typed = TypedDate.of(value)
        return None if typed.is_empty else read_date(typed)

    def validate(self, value: date | None) -> None:
        """Check the day against the days this question allows."""
        super().validate(value)
        if value is None:
            return
        earliest = self.not_before() if callable(self.not_before) else self.not_before
        if value < earliest:
            raise refusal(f"The date must be on or after {in_words(earliest)}", "day")
        # A form stands at the door, as a view does: it may read the clock.
        if self.not_future and value > timezone.localdate():
            raise refusal("The date must not be in the future", "day")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say another day than before."""
        return TypedDate.of(initial) != TypedDate.of(data)


TIME = re.compile(r"(\d{1,2})(?:\s*[:.,h]\s*(\d{2}))?\s*(?:([ap])\.?\s*m\.?)?")
FOUR_FIGURES = re.compile(r"(\d{1,2})(\d{2})(?:\s*([ap])\.?m\.?)?")
NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
HOURS, HALF, MINUTES = 24, 12, 60
ASK_EXAMPLE = "Enter a time like 4:20pm or 16:20"


def read_time(text: str) -> time:
    """The time meant by 4:20pm, 4.20 pm, 4pm, 16:20, 1620 or noon."""
    text = text.strip().lower()
    if text in NAMED:
        return NAMED[text]
    found = TIME.fullmatch(text) or FOUR_FIGURES.fullmatch(text)
    if not found:
        raise refusal(ASK_EXAMPLE, "time")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute >= MINUTES or hour >= HOURS or (half and not 1 <= hour <= HALF):
        raise refusal(ASK_EXAMPLE, "time")
    if half:
        return time(hour % HALF + (HALF if half == "p" else 0), minute)
    if found[2] is None and hour > HALF:
        raise refusal(ASK_EXAMPLE, "time")
    # 09:20 is the 24-hour clock; 9:20 might be either, and half a day matters.
    if found[2] is None or (len(found[1]) == 1 and hour):
        raise refusal(f"Say whether {text} is morning or afternoon: add am or pm", "time")
    return time(hour, minute)


def clock(moment: time | datetime) -> str:
    """A time as the service writes it: 4:20pm, 9am, midday, midnight."""
    if not moment.minute and moment.hour in (0, HALF):
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % HALF or HALF}{minutes}{'pm' if moment.hour >= HALF else 'am'}"


class TimeField(forms.Field):
    """A time of day: `TimeField(label="What time did you arrive?")`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        """Read the time as workers write times."""
        if value is None or isinstance(value, time):
            return value
        return read_time(str(value)) if str(value).strip() else None

    def prepare_value(self, value: Any) -> Any:
        """Show a known time in the service's words, and a typed one as typed."""
        return clock(value) if isinstance(value, time) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """A short box."""
        return {"class": "govuk-input--width-5", "autocomplete": "off"}
