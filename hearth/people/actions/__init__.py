"""What is done to the records of people. Every write in this room is here, by subject."""

from hearth.people.actions.births import end_pregnancy, record_birth, record_death
from hearth.people.actions.creating import (
    NewPerson,
    create_child,
    create_people,
    create_person,
    give_child_record,
    why_not_create,
)
from hearth.people.actions.drawing import refresh, refresh_many
from hearth.people.actions.facts import (
    correct_fact,
    end_fact,
    record_fact,
    the_one_before,
    why_not_record,
    withdraw_fact,
)
from hearth.people.actions.families import (
    NewTie,
    create_household,
    house_people,
    join_household,
    move_household,
    record_relationship,
    relate_people,
)
from hearth.people.actions.merging import (
    agree_merge,
    propose_merge,
    refuse_merge,
    undo_merge,
    why_not_merge,
)
from hearth.people.actions.network import (
    change_organisation,
    change_professional,
    close_organisation,
    close_professional,
    create_organisation,
    create_professional,
)

__all__ = [
    "NewPerson",
    "NewTie",
    "agree_merge",
    "change_organisation",
    "change_professional",
    "close_organisation",
    "close_professional",
    "correct_fact",
    "create_child",
    "create_household",
    "create_organisation",
    "create_people",
    "create_person",
    "create_professional",
    "end_fact",
    "end_pregnancy",
    "give_child_record",
    "house_people",
    "join_household",
    "move_household",
    "propose_merge",
    "record_birth",
    "record_death",
    "record_fact",
    "record_relationship",
    "refresh",
    "refresh_many",
    "refuse_merge",
    "relate_people",
    "the_one_before",
    "undo_merge",
    "why_not_create",
    "why_not_merge",
    "why_not_record",
    "withdraw_fact",
]
