"""Faults put into an invented return of looked-after children, for its rules to find.

Days are moved to and over the boundaries that the rules speak of, codes are wrong or blank, rows
are missing or there twice or where none should be, and some go under another child's identifier.
"""

import random
from datetime import date, timedelta

from hearth.returns.checking.looked_after import LAYOUT

Row = dict[str, str]
Rows = dict[str, list[Row]]

CODES = {
    "SEX": "M F U 1",
    "ETHNIC": "WBRI wbri XXXX",
    "UPN": "UN1 UN4 UN6 A12345 I399000000001 A399000000001",
    "MOTHER": "0 1 2",
    "RNE": "S L P T U B X",
    "LS": "V2 C1 C2 E1 J1 J2 L1 L2 L3 V3 V4 D1 X1",
    "CIN": "N1 N5 N9",
    "PLACE": "A3 A5 A6 K1 K2 K3 P1 P3 R1 R5 S1 T0 T1 T3 T4 U1 U4 Z11 Z12 H5",
    "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5 PR6",
    "REC": "X1 E11 E12 E2 E3 E4A E45 E5 E7 E15 E17 E8 E99",
    "REASON_PLACE_CHANGE": "CARPL CUSTOD OTHER XXXX",
    "HOME_POST": "ZZ11AA",
    "PL_POST": "ZZ11AA",
    "URN": "XXXXXXX SC000001 1234567",
    "REVIEW_CODE": "PN0 PN1 PN7 PN8",
    "SDQ_SCORE": "0 40 41 12.5",
    "SDQ_REASON": "SDQ1 SDQ2 SDQ6",
    "IN_TOUCH": "YES NO DIED RHOM REFU YEP",
    "ACTIV": "F1 G5 0 F3",
    "ACCOM": "U1 T1 Z1 0 S1",
    "FOSTER_CARE": "0 1 2",
    "NB_ADOPTR": "1 2 3",
    "SEX_ADOPTR": "M1 F1 MM FF MF XX",
    "LS_ADOPTR": "L0 L11 L12 L2 L3 L4 L5",
    "REASON_PLACED_CEASED": "RD1 RD4 RD9",
    "PREV_PERM": "P1 P4 Z1 P9",
    "LA_PERM": "999 WAL 000",
    "MISSING": "M A X",
    "SW_ID": "SW1 AB12345 XX99999",
    "SW_REASON": "FCONTA MANAGE NOBODY",
}
ANSWERS = "0 1 2"
DATES = {
    *("DOB", "MC_DOB", "DECOM", "DEC", "REVIEW", "DUC", "DATE_INT", "DATE_MATCH", "DATE_PLACED"),
    *("DATE_PLACED_CEASED", "DATE_PERM", "MIS_START", "MIS_END", "SW_DECOM", "SW_DEC"),
    *("DOLO_START", "DOLO_END"),
}
NOT_DAYS = ("30/02/2026", "2026-04-01", "soon", "01/04/26")
# Where a row of its own may be put that the child should not have.
STRAY = ("OC2", "OC3", "AD1", "PlacedAdoption", "Missing", "DoLo", "UASC", "PrevPerm")


def spoil(rows: Rows, chance: random.Random, year: int, share: float) -> None:
    """Put faults into so great a share of what the return says of a child."""
    if not rows:
        return
    each = [row for found in rows.values() for row in found]
    days = [row[name] for row in each for name in row if _is_day(row, name)]
    header = rows["Header"][0]
    for table in STRAY:
        if chance.random() < share:
            rows[table].append(_stray(table, header, chance, days))
    for table, found in rows.items():
        _spoil_rows(table, found, chance, share)
        for row in found:
            _spoil_row(row, chance, days, year, share)


def _is_day(row: Row, name: str) -> bool:
    return name in DATES and row[name][:2].isdigit()


def _stray(table: str, header: Row, chance: random.Random, days: list[str]) -> Row:
    """A row that a child should not have, most of its columns filled with what might be there."""
    row = {}
    for name in LAYOUT[table]:
        said = header.get(name) if name in ("CHILD", "DOB", "SEX") else None
        row[name] = said or (chance.choice(days) if name in DATES else _code(name, chance))
        if said is None and chance.random() < 0.12:
            row[name] = ""
    return row


def _code(name: str, chance: random.Random) -> str:
    return chance.choice(CODES.get(name, ANSWERS).split())


def _spoil_rows(table: str, found: list[Row], chance: random.Random, share: float) -> None:
    for row in list(found):
        fate = chance.random() / share
        if fate < 0.15:
            found.remove(row)
        elif fate < 0.5 and table not in ("Header", "UASC"):
            found.append(dict(row))
        elif fate < 0.52:
            row["CHILD"] = "L0000001"


def _spoil_row(row: Row, chance: random.Random, days: list[str], year: int, share: float) -> None:
    for name in [name for name in row if name != "CHILD"]:
        if chance.random() >= share * (0.3 if name in ("DOB", "SEX") else 1):
            continue
        if name in DATES:
            row[name] = _other_day(row[name], chance, days, year)
        else:
            row[name] = _code(name, chance) if chance.random() < 0.8 else ""


def _other_day(said: str, chance: random.Random, days: list[str], year: int) -> str:
    """Another day: about the ends of the year, about the child's others, long ago, or none."""
    kind = chance.random()
    if kind < 0.3:
        about = chance.choice((date(year - 1, 4, 1), date(year, 3, 31), date(year - 2, 4, 1)))
        return f"{about + timedelta(days=chance.randint(-2, 2)):%d/%m/%Y}"
    if kind < 0.8:
        about = _read(chance.choice((said, chance.choice(days))) or days[0])
        return f"{about + timedelta(days=chance.choice((-30, -1, 0, 0, 1, 30, 400))):%d/%m/%Y}"
    return chance.choice((*NOT_DAYS, "", "", "13/10/1991", "29/02/2008"))


def _read(said: str) -> date:
    try:
        day, month, year = said.split("/")
        return date(int(year), int(month), int(day))
    except ValueError:
        return date(2020, 2, 29)
