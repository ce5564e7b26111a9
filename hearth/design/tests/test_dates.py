from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hearth.design.forms import DateField, MomentField, TimeField
from hearth.design.forms.dates import TypedDate, clock, read_date, read_time
from hearth.lib.dates import MONTHS, in_words

ON = date(2026, 4, 14)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


class Visit(forms.Form):
    held_on = DateField(label="When was the visit?", required=False)


class PastVisit(forms.Form):
    held_on = DateField(label="When?", not_future=True, not_before=lambda: date(2020, 5, 1))


class Call(forms.Form):
    rang_at = MomentField(label="When did they ring?", not_future=True, required=False)


def question(form, name):
    return form[name]


def boxes(day="", month="", year=""):
    return {"held_on_day": day, "held_on_month": month, "held_on_year": year}


def errors(form, name="held_on"):
    return list(form.errors.get(name, []))


@pytest.mark.parametrize(
    "typed",
    [
        boxes("14", "4", "2026"),
        boxes(" 14 ", "04", "2026"),
        boxes("14", "apr", "2026"),
        boxes("14", "April", "2026"),
        boxes("14/4/2026"),
        boxes("14.04.2026"),
        boxes("14 April 2026"),
        boxes("Tuesday 14th April 2026"),
        boxes("2026-04-14"),
        {"held_on": "2026-04-14"},
        {"held_on": ON},
    ],
)
def test_a_date_is_read_as_workers_write_dates(typed):
    form = Visit(typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == ON


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (boxes("14", "", "2026"), "Enter the month", {"month"}),
        (boxes("14"), "Enter the month and the year", {"month", "year"}),
        (boxes("", "4", "2026"), "Enter the day", {"day"}),
        (boxes("31", "2", "2019"), "There is no 31 February 2019: check the day", {"day"}),
        (boxes("32", "2", "2019"), "Enter the day as a number from 1 to 31", {"day"}),
        (boxes("x", "2", "2019"), "Enter the day as a number from 1 to 31", {"day"}),
        (boxes("1", "13", "2019"), "Enter the month as a number from 1 to 12", {"month"}),
        (boxes("1", "ju", "2019"), "Enter the month as a number from 1 to 12", {"month"}),
        (boxes("1", "2", "19"), "Enter all four figures of the year", {"year"}),
        (boxes("1", "2", "1899"), "The date must be on or after 1 January 1900", {"day"}),
    ],
)
def test_a_date_that_makes_no_sense_is_kept_and_its_box_named(typed, message, wrong):
    form = Visit(typed)

    assert message in errors(form)[0]
    assert question(form, "held_on").parts_in_error == wrong
    html = str(form["held_on"])
    for answer in filter(None, typed.values()):
        assert f'value="{answer}"' in html


def test_an_empty_date_is_no_date_unless_one_is_needed():
    assert Visit(boxes()).is_valid()
    assert errors(PastVisit(boxes())) == ["Answer “When?”"]


def test_a_date_may_have_to_be_past_and_not_too_long_ago():
    assert errors(PastVisit(boxes("1", "1", "2190"))) == ["The date must not be in the future"]
    assert errors(PastVisit(boxes("30", "4", "2020"))) == [
        "The date must be on or after 1 May 2020"
    ]


def test_a_date_knows_whether_it_was_changed():
    assert not Visit(boxes("14", "4", "2026"), initial={"held_on": ON}).has_changed()
    assert Visit(boxes("15", "4", "2026"), initial={"held_on": ON}).has_changed()
    assert "held_on" not in Visit({}).data
    assert Visit({})["held_on"].field.widget.value_omitted_from_data({}, {}, "held_on")


@given(DAYS)
def test_every_day_is_read_back_from_its_words_and_its_boxes(day):
    assert read_date(TypedDate.of(in_words(day))) == day
    assert read_date(TypedDate.of(day.isoformat())) == day
    assert read_date(TypedDate.of(day)) == day
    assert read_date(TypedDate(str(day.day), MONTHS[day.month - 1][:3], str(day.year))) == day


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_no_words_in_the_boxes_do_worse_than_an_error(day, month, year):
    Visit(boxes(day, month, year)).is_valid()


@given(st.text(max_size=20))
def test_no_words_for_a_time_do_worse_than_an_error(typed):
    with suppress(ValidationError):
        assert isinstance(read_time(typed), time)


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_time_is_read_back_from_its_words(at):
    assert read_time(clock(at)) == at
    assert read_time(f"{at:%H:%M}") == at
    assert read_time(f"{at:%H%M}") == at


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("4:20pm", time(16, 20)),
        ("4.20 pm", time(16, 20)),
        ("4:20 P.M.", time(16, 20)),
        ("16:20", time(16, 20)),
        ("1620", time(16, 20)),
        ("420pm", time(16, 20)),
        ("4pm", time(16, 0)),
        ("12pm", time(12, 0)),
        ("12.30am", time(0, 30)),
        ("12:30", time(12, 30)),
        ("09:20", time(9, 20)),
        ("0:05", time(0, 5)),
        ("noon", time(12, 0)),
        ("Midnight", time(0, 0)),
    ],
)
def test_a_time_is_read_as_workers_write_times(typed, at):
    assert TimeField().clean(typed) == at


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("4:20", "Say whether 4:20 is morning or afternoon: add am or pm"),
        ("920", "Say whether 920 is morning or afternoon: add am or pm"),
        ("4", "Say whether 4 is morning or afternoon: add am or pm"),
        ("16", "Enter a time like 4:20pm or 16:20"),
        ("13pm", "Enter a time like 4:20pm or 16:20"),
        ("0am", "Enter a time like 4:20pm or 16:20"),
        ("24:00", "Enter a time like 4:20pm or 16:20"),
        ("4:60pm", "Enter a time like 4:20pm or 16:20"),
        ("tea time", "Enter a time like 4:20pm or 16:20"),
    ],
)
def test_a_time_that_could_be_two_things_is_asked_again(typed, message):
    with pytest.raises(ValidationError) as raised:
        TimeField().clean(typed)

    assert raised.value.message == message


def test_a_known_time_is_shown_in_our_words_and_a_typed_one_as_typed():
    field = TimeField(required=False)

    assert field.prepare_value(time(16, 20)) == "4:20pm"
    assert field.prepare_value("16:20") == "16:20"
    assert field.clean("  ") is None
    assert field.clean(time(16, 20)) == time(16, 20)


@pytest.mark.parametrize(
    ("at", "words"),
    [(time(0), "midnight"), (time(12), "midday"), (time(9), "9am"), (time(0, 5), "12:05am")],
)
def test_times_in_words(at, words):
    assert clock(at) == words


def moment(day, month, year, at):
    names = ("rang_at_day", "rang_at_month", "rang_at_year", "rang_at_time")
    return dict(zip(names, (day, month, year, at), strict=True))


@pytest.mark.parametrize(
    "typed",
    [
        moment("14", "4", "2026", "4:20pm"),
        moment("14 April 2026", "", "", "16:20"),
        {"rang_at": "2026-04-14T16:20"},
        {"rang_at": "2026-04-14 4:20pm"},
    ],
)
def test_a_moment_is_read_on_the_clock_in_england(typed):
    form = Call(typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["rang_at"] == datetime(2026, 4, 14, 15, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (moment("14", "4", "2026", ""), "Enter the time", {"time"}),
        (moment("", "", "", "4pm"), "Enter the day and the month and the year", None),
        (moment("29", "3", "2026", "01:30"), "The clocks went forward then", {"time"}),
        (moment("1", "1", "2190", "4pm"), "must not be in the future", {"day", "time"}),
    ],
)
def test_a_moment_that_makes_no_sense_is_kept_and_its_box_named(typed, message, wrong):
    form = Call(typed)

    assert message in errors(form, "rang_at")[0]
    assert wrong is None or question(form, "rang_at").parts_in_error == wrong


def test_an_empty_moment_is_none_and_a_known_one_is_shown():
    at = datetime(2026, 4, 14, 15, 20, tzinfo=UTC)
    known = Call(moment("14", "4", "2026", "4:20pm"), initial={"rang_at": at})

    assert Call(moment("", "", "", "")).is_valid()
    assert not known.has_changed()
    assert 'value="4:20pm"' in str(Call(initial={"rang_at": at})["rang_at"])
    assert MomentField().to_python(at) == at
