"""What brings the invented families to the service: one theme for each family."""

from dataclasses import dataclass

from hearth.demo.words.sentences import Sentences, read


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of worry: its codes, and who tells us. Its sentences are in themes.txt."""

    key: str
    # So many families in a hundred.
    share: float
    concerns: tuple[str, ...]
    factors: tuple[str, ...]
    need: str
    # Who tells us, by kind of agency, with weights.
    told_by: tuple[tuple[str, int], ...]
    # Whether it is often about significant harm.
    harm: bool = False
    youngest: int = 0

    @property
    def reasons(self) -> Sentences:
        """What we were told."""
        return SENTENCES[f"{self.key}.reasons"]

    @property
    def details(self) -> Sentences:
        """What we were told of one child."""
        return SENTENCES[f"{self.key}.details"]

    @property
    def risks(self) -> Sentences:
        """What puts a child at risk."""
        return SENTENCES[f"{self.key}.risks"]

    @property
    def found(self) -> Sentences:
        """What is found when it is as bad as feared."""
        return SENTENCES[f"{self.key}.found"]

    @property
    def eased(self) -> Sentences:
        """What is found when it is not, or is no longer."""
        return SENTENCES[f"{self.key}.eased"]

    @property
    def help(self) -> Sentences:
        """What is done about it."""
        return SENTENCES[f"{self.key}.help"]


SENTENCES = read("themes")
POLICE = (("police", 62), ("school", 12), ("health_visiting", 8), ("hospital", 8), ("public", 10))
SCHOOLS = (("school", 44), ("early_years", 8), ("health_visiting", 14), ("gp", 8), ("public", 14))
HEALTH = (("midwifery", 14), ("health_visiting", 28), ("gp", 20), ("hospital", 18), ("school", 20))
TEENS = (("police", 46), ("school", 26), ("youth_justice", 10), ("camhs", 8), ("public", 10))

THEMES: tuple[Theme, ...] = (
    Theme("domestic_abuse", 27, ("domestic_abuse",), ("3B", "17A", "4B"), "N1", POLICE),
    Theme("neglect", 17, ("neglect",), ("16A", "4B", "2B"), "N1", SCHOOLS),
    Theme("parent_mental_health", 11, ("parent_mental_health",), ("4B", "17A"), "N3", HEALTH),
    Theme(
        "parent_substances",
        8,
        ("parent_drugs", "parent_alcohol"),
        ("2B", "1B", "16A"),
        "N3",
        POLICE,
    ),
    Theme(
        "injury",
        9,
        ("injury",),
        ("18C", "3A"),
        "N1",
        (
            ("school", 40),
            ("hospital", 22),
            ("police", 18),
            ("early_years", 10),
            ("health_visiting", 10),
        ),
        harm=True,
    ),
    Theme("conflict", 10, ("family_conflict",), ("4A", "14A", "20"), "N5", TEENS, youngest=9),
    Theme(
        "exploitation",
        6,
        ("criminal_exploitation", "missing"),
        ("13A", "24A", "10A", "2A"),
        "N1",
        TEENS,
        harm=True,
        youngest=12,
    ),
    Theme("disability", 5, ("child_disability",), ("6A", "5A"), "N2", HEALTH),
    Theme(
        "housing_money",
        7,
        ("housing", "money"),
        ("20",),
        "N7",
        (
            ("housing", 34),
            ("school", 22),
            ("voluntary", 20),
            ("health_visiting", 14),
            ("public", 10),
        ),
    ),
)
