"""What an episode says in its coded columns is one of the codes there are."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    FOR_ADOPTION,
    FOSTERING,
    OTHER_PLACES,
    TEMPORARY,
)
from hearth.returns.rules.ssda903.values import one_of

PLACES = (
    *FOR_ADOPTION,
    *("K1", "K2", "K3", "P1", "P3", "R1", "R2", "R3", "R5", "S1"),
    *TEMPORARY,
    *FOSTERING,
    *OTHER_PLACES,
)
ENDS_CARE = (
    *("E11", "E12", "E13", "E14", "E15", "E16", "E17", "E2", "E3", "E4A", "E4B", "E41", "E45"),
    *("E46", "E47", "E48", "E5", "E6", "E7", "E8", "E9"),
)

reason_new = one_of(
    "143",
    "The reason for the new episode is not one of the codes",
    "Episodes",
    "RNE",
    "S P L T U B",
    blank=True,
)
legal_status = one_of(
    "144",
    "The legal status is not one of the codes",
    "Episodes",
    "LS",
    "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3",
    blank=True,
)
category_of_need = one_of(
    "145",
    "The category of need is not one of N1 to N8",
    "Episodes",
    "CIN",
    "N1 N2 N3 N4 N5 N6 N7 N8",
    blank=True,
)
placement_type = one_of(
    "146",
    "The placement type is not one of the codes",
    "Episodes",
    "PLACE",
    " ".join(PLACES),
    blank=True,
)
# Codes of before.
placement_type.examples("""
    Episodes PLACE=Z1 !
    Episodes PLACE=H5 !
    Episodes PLACE=P2 !
""")
reason_ceased = one_of(
    "149",
    "The reason the episode ceased is not one of the codes",
    "Episodes",
    "REC",
    " ".join(("X1", *ENDS_CARE)),
    blank=True,
)
reason_moved = one_of(
    "1009",
    "The reason for the change of placement is not one of the codes",
    "Episodes",
    "REASON_PLACE_CHANGE",
    "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER",
    blank=True,
)


@SSDA903.rule("INT03", "The child has an episode but no header", Episodes="CHILD", Header="CHILD")
def has_header(looked_after: LookedAfter) -> Flags:
    """An episode with no CHILD has no header either."""
    episodes = looked_after.Episodes
    return [episodes.where(~episodes.up("Header").there)]


has_header.examples("""
    Header CHILD=1
    Header CHILD=2
    Episodes CHILD=1
    Episodes CHILD=1
    Episodes CHILD=3 !
    Episodes CHILD= !
    ----
    Episodes CHILD=1 !
""")
