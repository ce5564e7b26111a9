"""A child's own part of an assessment: each field drawn for that child and no other."""

from collections.abc import Mapping
from datetime import date

from hearth.demo.stories.pen import Pen, tidy
from hearth.demo.words import band
from hearth.demo.words.sentences import CHILDREN, WORK, in_parts
from hearth.lib.codes import code_set
from hearth.lib.dates import age_on, in_words

CLOSES = ("no_further_action", "early_help")
NO_FACTORS = "21"
# Whom each agency is asked through.
CONTACTS = {
    "school": ("{school}",),
    "gp": ("Weir Road Surgery", "Cloister Practice"),
    "health_visiting": ("Health visiting, north", "Health visiting, south"),
    "police": ("Public protection desk",),
    "housing": ("Fenbridge Homes",),
    "camhs": ("Fenbridge CAMHS",),
}
RATINGS = {
    "no_further_action": ("low",),
    "early_help": ("low", "moderate"),
    "child_in_need": ("moderate", "high"),
    "strategy_discussion": ("significant",),
    "legal_planning": ("significant",),
    "continue": ("high", "significant"),
}


def voice(pen: Pen, place: int, day: date, _outcome: str) -> Mapping[str, object]:
    """What the child says, how it was found out, and what a day is like."""
    child = pen.child(place, day)
    years = band(child, day)
    if years == "unborn":
        return {}
    answers: dict[str, object] = {
        "child_words": pen.says(child, day, CHILDREN[f"child_words.{years}"]),
        "words_obtained": pen.chance.choice(CHILDREN[f"how_found.{years}"]),
        "words_changed": pen.says(child, day, CHILDREN["words_changed"]),
        "day_in_life": pen.says(
            child, day, CHILDREN[f"day.{years}"], CHILDREN[f"day.{years}"], CHILDREN[f"day.{years}"]
        ),
    }
    if age_on(child.born_on, day) > 5:
        answers |= {"how_safe": pen.chance.choice((3, 4, 5, 6, 7, 7, 8, 9)), "how_safe_on": day}
    return answers


def needs(pen: Pen, place: int, day: date, _outcome: str) -> Mapping[str, object]:
    """The child's needs, dimension by dimension."""
    child = pen.child(place, day)
    years = band(child, day)
    if years == "unborn":
        due = in_words(child.born_on)
        return {
            field: pen.says(child, day, CHILDREN[f"unborn.{field}"], due=due)
            for field in ("health", "relationships")
        }
    return {
        "health": pen.says(child, day, CHILDREN[f"health.{years}"], CHILDREN[f"health.{years}"]),
        "education": pen.says(child, day, CHILDREN[f"education.{years}"]),
        "emotional": pen.says(child, day, CHILDREN["emotional"]),
        "identity": pen.says(child, day, CHILDREN["identity"]),
        "relationships": pen.says(child, day, CHILDREN["relationships"], CHILDREN["relationships"]),
        "presentation": pen.says(child, day, CHILDREN["presentation"]),
        "self_care": pen.says(child, day, CHILDREN[f"self_care.{years}"]),
    }


def identity(pen: Pen, place: int, day: date, _outcome: str) -> Mapping[str, object]:
    """Culture, ethnicity, religion, language and disability, considered one by one."""
    child = pen.child(place, day)
    facts = {
        "ethnicity": code_set("ethnicity").label(child.ethnicity or pen.family.community.ethnicity),
        "religion": code_set("religion").label(child.religion or "not_known"),
        "language": code_set("language").label(child.language),
        "disability": code_set("disability").label(child.disability),
    }
    spoken = CHILDREN["language_interpreted"] if child.interpreter else CHILDREN["language"]
    able = CHILDREN["disability"] if child.disability == "NONE" else CHILDREN["disability_known"]
    return {
        "culture": pen.says(child, day, CHILDREN["culture"]),
        "ethnicity": pen.says(child, day, CHILDREN["ethnicity"], **facts),
        "religion": pen.says(child, day, CHILDREN["religion"], **facts),
        "language": pen.says(child, day, spoken, **facts),
        "disability": pen.says(child, day, able, **facts),
    }


def risk(pen: Pen, place: int, day: date, outcome: str) -> Mapping[str, object]:
    """What puts the child at risk, what protects them, and how great the risk is."""
    child, theme = pen.child(place, day), pen.theme
    codes = valid_factors(theme.factors, day)
    risks = [(codes[0], pen.says(child, day, theme.risks))]
    if outcome not in CLOSES and len(codes) > 1:
        risks.append((codes[1], pen.says(child, day, theme.risks)))
    shields = pen.chance.sample(in_parts(WORK["protects"]), k=2)
    facts = pen.telling.facts(child, day)
    return {
        "risks": risks,
        "protections": [(code, tidy(text.format(**facts))) for code, text in shields],
        "risk_rating": pen.chance.choice(RATINGS[outcome]),
        "risk_rationale": pen.says(child, day, WORK["risk_why"], WORK["risk_why"]),
    }


def analysis(pen: Pen, place: int, day: date, outcome: str) -> Mapping[str, object]:
    """What it means for this child."""
    child = pen.child(place, day)
    if band(child, day) == "unborn":
        return {"analysis": pen.says(child, day, CHILDREN["unborn.analysis"])}
    said = WORK["child_analysis"]
    if outcome in CLOSES:
        return {"analysis": pen.says(child, day, said, said)}
    return {"analysis": pen.says(child, day, said, said, pen.theme.risks)}


def factors(pen: Pen, outcome: str, day: date) -> dict[int, list[str]]:
    """The factors found at the end, child by child; none where there was no need."""
    codes = valid_factors(pen.theme.factors, day)
    found = {}
    for n in range(len(pen.family.children)):
        if outcome == "no_further_action" and pen.likely(0.3):
            found[n] = [NO_FACTORS]
        else:
            found[n] = sorted({codes[0], *(c for c in codes[1:] if pen.likely(0.45))})
    return found


def valid_factors(codes: tuple[str, ...], day: date) -> list[str]:
    """Factors by the codes of the day: some were split in 2020."""
    known = code_set("assessment_factors")
    older = {"18C": "18A", "19C": "19A", "24A": "13A"}
    valid = [c if known.is_valid(c, day) else older.get(c, "20") for c in codes]
    return list(dict.fromkeys(valid))


def spoken_of(words: str, sex: str) -> str:
    """A parent's views with the pronouns of the one who holds them."""
    if sex == "F":
        swaps = ((" he ", " she "), (" his ", " her "))
    else:
        swaps = ((" she ", " he "), (" her ", " him "))
    for old, new in swaps:
        words = words.replace(old, new)
    return words
