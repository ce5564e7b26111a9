"""What a browser sends and reads, for the tests of this room's pages."""

from datetime import date

from hearth.people.actions import (
    record_fact,
)

LONG_AGO = date(2020, 1, 6)

TODAY = date(2026, 3, 2)


def the_day(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def words(answer):
    return " ".join(answer.content.decode().split())


def record(fact, worker):
    return record_fact(fact=fact, today=TODAY, by=worker)
