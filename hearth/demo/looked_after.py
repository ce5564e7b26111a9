"""An invented return of looked-after children (SSDA903), and the year before's, of any size.

Drawn from invented lives (`looked_after_lives`), the same for the same seed: a folder of the twelve
CSV files for each year. It is sound unless faults are asked for (`looked_after_faults`).
"""

import csv
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from hearth.demo.looked_after_faults import spoil
from hearth.demo.looked_after_lives import GIRL, Episode, Life, birthday, life
from hearth.lib.identifiers import check_letter
from hearth.returns.checking.looked_after import LAYOUT

Row = dict[str, str]
Rows = dict[str, list[Row]]
Write = Callable[[Rows], None]


def write_return(
    folder: Path,
    *,
    children: int,
    year: int,
    seed: int,
    previous: Path | None = None,
    faults: float = 0,
) -> None:
    """Write a return of so many children for the year ending on 31 March of `year`.

    `previous` is where last year's return of the same children goes. `faults` is the share of what
    is said that is made wrong; a quarter of it in last year's.
    """
    end = date(year, 3, 31)
    with ExitStack() as stack:
        now = stack.enter_context(_tables(folder))
        before = stack.enter_context(_tables(previous)) if previous else None
        for number in range(children):
            known = life(seed, number, end)
            now(_spoilt(rows_of(known, Year(year), seed), year, faults))
            if before:
                before(_spoilt(rows_of(known, Year(year - 1), seed), year - 1, faults / 4))


def _spoilt(rows: Rows, year: int, share: float) -> Rows:
    if share and rows:
        child = rows["Header"][0]["CHILD"]
        spoil(rows, random.Random(f"{child}/faults/{year}"), year, share)
    return rows


@contextmanager
def _tables(folder: Path) -> Iterator[Write]:
    """The twelve files, each begun with its columns, and a way to write a child's rows in them."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for table, columns in LAYOUT.items():
            name = folder / f"{table.lower()}.csv"
            file = stack.enter_context(name.open("w", encoding="utf-8", newline=""))
            writers[table] = csv.DictWriter(file, columns, restval="")
            writers[table].writeheader()

        def write(rows: Rows) -> None:
            for table, found in rows.items():
                writers[table].writerows(found)

        yield write


@dataclass(frozen=True, slots=True)
class Year:
    """A collection year, by the March it ends in."""

    number: int

    @property
    def starts(self) -> date:
        """Its first day."""
        return date(self.number - 1, 4, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.number, 3, 31)

    def overlaps(self, began: date, ceased: date | None) -> bool:
        """Whether any of it was in the year."""
        return began <= self.ends and (ceased is None or ceased >= self.starts)

    def holds(self, day: date) -> bool:
        """Whether a day is in the year."""
        return self.starts <= day <= self.ends

    def so_far(self, day: date | None) -> date | None:
        """A day, if it has come by the end of the year."""
        return day if day and day <= self.ends else None


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def rows_of(known: Life, year: Year, seed: int) -> Rows:
    """What the return of a year says of a child, table by table; nothing of one not yet known."""
    chance = random.Random(f"{seed}/answers/{known.number}/{year.number}")
    episodes = [
        _until(each, year) for each in known.episodes if year.overlaps(each.began, each.ceased)
    ]
    left = not episodes and known.episodes[-1].began < year.starts
    if not episodes and not left:
        return {}
    rows: Rows = {table: [] for table in LAYOUT}
    rows["Header"] = [_header(known, episodes, year)]
    if left:
        rows["OC3"] = [_leaver(chance)]
    else:
        rows["Episodes"] = [_episode(known, each) for each in episodes]
        rows["OC2"] = _health(known, episodes, year, chance)
        rows["PrevPerm"] = _permanence(known, episodes, year, chance)
        _add_days(rows, known, year)
        _add_standing(rows, known, year)
        _add_adoption(rows, known, year, chance)
    for table, found in rows.items():
        for row in found:
            row["CHILD"] = f"L{known.number:07}"
            if "DOB" in LAYOUT[table]:
                row["DOB"] = _said(known.born)
    return rows


def _until(episode: Episode, year: Year) -> Episode:
    """An episode as it stood at the end of the year."""
    if year.so_far(episode.ceased):
        return episode
    return replace(episode, ceased=None, ended="", moved="")


def _header(known: Life, episodes: list[Episode], year: Year) -> Row:
    mothered = year.so_far(known.mother_on)
    asked = known.sex == GIRL and episodes
    return {
        "SEX": known.sex,
        "ETHNIC": known.ethnicity,
        "UPN": _upn(known, year),
        "MOTHER": str(int(mothered is not None)) if asked else "",
        "MC_DOB": _said(mothered) if asked else "",
    }


def _upn(known: Life, year: Year) -> str:
    """Of a school that is not there, and none for those too young for one."""
    if birthday(known, 4) > date(year.number - 2, 8, 31):
        return "UN1"
    rest = f"399{known.number:09}"
    return check_letter(rest) + rest


def _episode(known: Life, episode: Episode) -> Row:
    short = episode.status == "V3"
    return {
        "DECOM": _said(episode.began),
        "RNE": episode.why,
        "LS": episode.status,
        "CIN": known.need,
        "PLACE": episode.place,
        "PLACE_PROVIDER": episode.provider,
        "DEC": _said(episode.ceased),
        "REC": episode.ended,
        "REASON_PLACE_CHANGE": episode.moved,
        "HOME_POST": "" if short else known.home,
        "PL_POST": episode.postcode,
        "URN": episode.urn,
    }


def _leaver(chance: random.Random) -> Row:
    answers = (
        ("YES", chance.choice(("F2", "P2", "F1", "F5", "G5", "G4")), chance.choice(HOMES)),
        ("NO", "0", "0"),
        ("RHOM", "0", "0"),
    )
    touch, doing, living = chance.choices(answers, weights=(90, 8, 2))[0]
    return {"IN_TOUCH": touch, "ACTIV": doing, "ACCOM": living}


HOMES = ("U1", "D1", "B1", "Z1", "E1", "Y2", "U2")


def _all_year(episodes: list[Episode], year: Year) -> bool:
    """Looked after for all of the year: nothing in it began care, ended it or was a short break."""
    return not any(
        (each.why == "S" and each.began > year.starts)
        or (each.ended not in ("", "X1") and each.ceased and each.ceased < year.ends)
        or each.status == "V3"
        for each in episodes
    )


def _health(known: Life, episodes: list[Episode], year: Year, chance: random.Random) -> list[Row]:
    if not _all_year(episodes, year):
        return []
    row = {
        name: str(int(chance.random() < 0.88))
        for name in ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT")
    }
    misuses = birthday(known, 12) < year.starts and chance.random() < 0.05
    row["SUBSTANCE_MISUSE"] = str(int(misuses))
    if misuses:
        helped = chance.random() < 0.6
        row["INTERVENTION_RECEIVED"] = str(int(helped))
        row["INTERVENTION_OFFERED"] = "" if helped else "1"
    if birthday(known, 10) <= year.ends:
        row["CONVICTED"] = str(int(chance.random() < 0.03))
    if birthday(known, 5) > year.ends:
        row["HEALTH_CHECK"] = str(int(chance.random() < 0.9))
    if birthday(known, 4) <= year.ends and birthday(known, 17) >= year.starts:
        scored = chance.random() < 0.8
        row["SDQ_SCORE" if scored else "SDQ_REASON"] = (
            str(chance.randint(2, 32)) if scored else chance.choice(("SDQ2", "SDQ4", "SDQ5"))
        )
    return [row]


def _permanence(
    known: Life, episodes: list[Episode], year: Year, chance: random.Random
) -> list[Row]:
    """Asked of those who began care in the year."""
    if not any(each.why == "S" and each.began >= year.starts for each in episodes):
        return []
    days = (known.episodes[0].began - known.born).days
    if days < 900 or chance.random() < 0.93:
        return [{"PREV_PERM": "Z1"}]
    was = known.born + timedelta(days=chance.randint(300, days - 300))
    when = chance.choice((_said(was), f"ZZ/ZZ/{was.year}"))
    return [{"PREV_PERM": chance.choice(("P1", "P2", "P3")), "LA_PERM": "999", "DATE_PERM": when}]


def _add_days(rows: Rows, known: Life, year: Year) -> None:
    """What happened on a day, or between two, that were both in the year."""
    for day in filter(year.holds, known.reviews):
        code = "PN0" if day <= birthday(known, 4) else f"PN{1 + day.toordinal() % 7}"
        rows["Reviews"].append({"REVIEW": _said(day), "REVIEW_CODE": code})
    for kind, began, until in known.missing:
        if year.holds(began) and year.holds(until):
            rows["Missing"].append(
                {"MISSING": kind, "MIS_START": _said(began), "MIS_END": _said(until)}
            )
    for began, until in known.deprived:
        if year.holds(began) and year.holds(until):
            rows["DoLo"].append({"DOLO_START": _said(began), "DOLO_END": _said(until)})


def _add_standing(rows: Rows, known: Life, year: Year) -> None:
    """Who their worker was, and whether they came alone."""
    for worker, began, until, reason in known.workers:
        if year.overlaps(began, until):
            ended = _said(year.so_far(until))
            rows["SWEpisodes"].append(
                {"SW_ID": worker, "SW_DECOM": _said(began), "SW_DEC": ended, "SW_REASON": reason}
            )
    if known.alone:
        duc = _said(birthday(known, 18))
        rows["UASC"].append({"SEX": known.sex, "DUC": duc})


COUPLES = (
    ("2", "MF", "L11"),
    ("2", "FF", "L12"),
    ("2", "MM", "L2"),
    ("1", "F1", "L0"),
    ("2", "MF", "L3"),
)


def _add_adoption(rows: Rows, known: Life, year: Year, chance: random.Random) -> None:
    if known.decided is None or known.decided > year.ends:
        return
    rows["PlacedAdoption"].append({"DATE_PLACED": _said(known.decided)})
    if not year.so_far(known.episodes[-1].ceased):
        return
    many, sexes, status = chance.choice(COUPLES)
    rows["AD1"].append(
        {
            "DATE_INT": _said(known.decided),
            "DATE_MATCH": _said(known.matched),
            "FOSTER_CARE": "0",
            "NB_ADOPTR": many,
            "SEX_ADOPTR": sexes,
            "LS_ADOPTR": status,
        }
    )
