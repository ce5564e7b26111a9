"""Writing lives again for other families, some hundreds at a time, straight into the tables."""

import random
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import count, islice

from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper

from hearth.demo import disabilities
from hearth.demo.bulk.cast import TURNS, recast, renamed, turned
from hearth.demo.bulk.families import Lived
from hearth.demo.bulk.lived import Own, Pattern, parted, slot, words_of
from hearth.demo.bulk.tables import Table
from hearth.demo.living.staff import Payroll
from hearth.demo.staff import Service, Worker
from hearth.lib.identifiers import new_la_child_id
from hearth.people.models import Address, Birth, ContactPoint, Identifier, Name
from hearth.people.summary import Known, keys_of

BATCH = 100
# The pupils of the lives that are lived again: after those of the lives that were.
FIRST_PUPIL = 100_000
_ESCAPED = str.maketrans({"\\": "\\\\\\\\", '"': '\\\\"', "\n": " ", "\t": " "})


def owned(family: Lived, payroll: Payroll) -> Own:
    """What in a family's rows is to be cut out: its words, its workers' names, its births."""
    words = {word: slot("word", word) for word in family.called.words()}
    for stay in family.stays:
        words[str(payroll.user(stay.worker))] = slot("name", stay.worker.email)
        team = payroll.team(stay.worker.team.key)
        words[str(team)] = slot("called", stay.worker.team.key)
    search, found = words_of(words)
    moved = {pk: day for pk, day in family.born.items() if family.births[pk] != (0,)}
    besides = {pk: others for pk, (_, others) in family.disabled.items()}
    return Own(search, found, moved, besides)


@dataclass(frozen=True, slots=True)
class Part:
    """One more family, and what its slots are filled with."""

    pattern: Pattern
    said: dict[str, str]


class Casting:
    """Fills a family's slots for whoever lives its life again."""

    def __init__(self, service: Service, payroll: Payroll, *, seed: int, apart: int) -> None:
        self.service, self.payroll, self.seed, self.apart = service, payroll, seed, apart
        self.addresses = {str(user.pk): email for email, user in payroll.users.items()}
        self.pupils = count(FIRST_PUPIL)
        self.team_keys = {str(team.pk): key for key, team in payroll.teams.items()}

    def part(self, family: Lived, pattern: Pattern, turn: int, numbers: Iterator[int]) -> Part:
        """The family that lives this life for the `turn`-th time."""
        chance = random.Random(f"{self.seed}/bulk/{family.number}/{turn}")
        fill = self._fill(family, turn, numbers, chance)
        said = {}
        for name in sorted(pattern.slots):
            kind, what = parted(name)
            said[name] = fill[kind](what)
        return Part(pattern, said)

    def _workers(self, family: Lived, chance: random.Random) -> tuple[dict[str, Worker], int]:
        """Stand-ins for a family's workers, and how far its teams change places for them."""
        for shift in chance.sample(range(TURNS), k=TURNS):
            workers = recast(family.stays, self.service, chance, shift)
            if workers is not None:
                return workers, shift
        return {}, 0

    def _disabilities(self, family: Lived, turn: int) -> dict[str, str]:
        """Other disabilities for each child's, but the one that is written of.

        By a chance of their own: so few live their stories that some kind would be nobody's.
        """
        chance = random.Random(f"{self.seed}/disabled/{family.number}/{turn}")
        found: dict[str, str] = {}
        for pk, (named, others) in sorted(family.disabled.items()):
            new = disabilities.others(named, chance, len(others))
            found |= {f"{pk} {old}": code for old, code in zip(others, new, strict=True)}
        return found

    def _fill(
        self, family: Lived, turn: int, numbers: Iterator[int], chance: random.Random
    ) -> dict[str, Callable[[str], str]]:
        workers, shift = self._workers(family, chance)
        users = {old: self.payroll.users[new.email] for old, new in workers.items()}
        names = _names(family)
        words = renamed(family.called, names, family.number * 1000 + turn, self.pupils, chance)
        moved = {pk: timedelta(days=chance.choice(days)) for pk, days in family.births.items()}
        given = {old: new_la_child_id(next(numbers)) for old in family.children.values()}
        besides = self._disabilities(family, turn)
        fresh: dict[str, str] = {}

        def worker(old: str) -> str:
            email = self.addresses.get(old, "")
            return str(users[email].pk) if email in users else old

        def team(old: str) -> str:
            return str(self.payroll.team(turned(self.team_keys[old], shift)).pk)

        def unique(old: str) -> str:
            return fresh.setdefault(old, str(uuid.UUID(int=chance.getrandbits(128), version=4)))

        return {
            "id": lambda old: str(int(old) + self.apart * turn),
            "worker": worker,
            "team": team,
            "name": lambda email: str(users.get(email) or self.payroll.users[email]),
            "called": lambda key: str(self.payroll.team(turned(key, shift))),
            "word": lambda old: words.get(old, old),
            "uuid": unique,
            "born": lambda pk: (family.born[int(pk)] + moved[int(pk)]).isoformat(),
            "child": lambda old: given[old],
            "besides": lambda child_and_code: besides[child_and_code],
            "keys": lambda pk: _array(_keys(family, int(pk), words, moved, given)),
            "digest": lambda old: sha256(f"{self.seed}/{turn}/{old}".encode()).hexdigest(),
            "transaction": lambda _: "",
        }


def _names(family: Lived) -> dict[str, Sequence[str]]:
    people = family.community
    return {"girls": people.girls, "boys": people.boys, "families": people.families}


def _keys(
    family: Lived,
    pk: int,
    words: Mapping[str, str],
    moved: Mapping[int, timedelta],
    given: Mapping[str, str],
) -> frozenset[str]:
    """The search keys of somebody with other words for everything, made as they always are."""
    old = family.known[pk]

    def new(word: str) -> str:
        return words.get(word, word)

    names = [
        Name(kind=n.kind, given_names=new(n.given_names), family_name=new(n.family_name))
        for n in old.names
    ]
    homes = [Address(lines=new(a.lines), postcode=new(a.postcode)) for a in old.addresses]
    return keys_of(
        Known(
            names=names,
            births=[Birth(date=b.date + moved.get(pk, timedelta())) for b in old.births],
            addresses=homes,
            contact_points=[ContactPoint(value=new(c.value)) for c in old.contact_points],
            identifiers=[Identifier(value=new(i.value)) for i in old.identifiers],
            la_child_ids=[given[number] for number in old.la_child_ids],
        )
    )


def _array(keys: frozenset[str]) -> str:
    """Keys as the database reads an array."""
    return "{" + ",".join(f'"{key.translate(_ESCAPED)}"' for key in sorted(keys)) + "}"


def write(parts: Iterator[Part], tables: Sequence[Table]) -> Iterator[int]:
    """Write families down, a hundred in each transaction; says how many after each."""
    while batch := list(islice(parts, BATCH)):
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            trust_the_copy(cursor)
            cursor.execute("SELECT hearth_transaction()")
            number = str(cursor.fetchone()[0])
            for part in batch:
                part.said[slot("transaction", "")] = number
            for table in tables:
                _copy(cursor, table, batch)
        yield len(batch)


def trust_the_copy(cursor: CursorWrapper) -> None:
    """Leave the checking of keys between tables to the end, where this account may do so.

    Every other constraint is checked as ever.
    """
    try:
        with transaction.atomic(using="owner"):
            cursor.execute("SET LOCAL session_replication_role = replica")
    except DatabaseError:
        return


def _copy(cursor: CursorWrapper, table: Table, batch: Sequence[Part]) -> None:
    written = [part for part in batch if table.name in part.pattern.cuts]
    if not written:
        return
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for part in written:
            copy.write(part.pattern.cuts[table.name].filled(part.said))


def count_on(tables: Sequence[Table]) -> None:
    """Let every table go on numbering from its highest number, and be counted by the planner."""
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT max("{table.key}") FROM "{table.name}"')  # noqa: S608
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [table.name, table.key, cursor.fetchone()[0] or 1],
            )


def tidy(tables: Sequence[Table]) -> None:
    """Let the database count what it holds, as it would have by itself in time."""
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f'VACUUM ANALYZE "{table.name}"')


def highest(tables: Sequence[Table]) -> int:
    """The highest number any of these tables has given."""
    most = 0
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT coalesce(max("{table.key}"), 0) FROM "{table.name}"')  # noqa: S608
            most = max(most, cursor.fetchone()[0])
    return most


def child_numbers(many: int) -> Iterator[int]:
    """Numbers for children, never given before and never to be given again."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT setval('people_la_child_number', last_value + %s) - %s"
            " FROM people_la_child_number",
            [many, many],
        )
        first = cursor.fetchone()[0]
    return iter(range(first + 1, first + many + 1))
