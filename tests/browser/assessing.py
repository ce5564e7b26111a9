"""A social worker's assessment, from the case given to them to the page sent to their manager."""

import re
from datetime import date

from playwright.sync_api import expect

RATING = "medium"
FACTOR = "3B"
IN_NEED, NO_FURTHER_ACTION = "child_in_need", "no_further_action"
PER_CHILD = {
    "voice": ("child_words", "words_changed", "day_in_life"),
    "needs": (
        "health",
        "education",
        "emotional",
        "identity",
        "relationships",
        "presentation",
        "self_care",
    ),
    "identity": ("culture", "ethnicity", "religion", "language", "disability"),
}
TOLD = (
    "Of {name}: drawn twice in felt pen, a door with nine locks and a dog outside it.",
    "Asked about {name}, a shrug, and then a long story about football with an uncle in Leeds.",
    "{name} came up at breakfast club; staff there keep a quiet corner and a spare jumper ready.",
    "Little doubt about {name}: the health visitor measured it, wrote it down and rang us.",
)
SHARED = {
    "family": ("parenting_capacity", "family_environment"),
    "history": ("history_considered",),
}


def box(page, child, name):
    """A question asked of one child."""
    return page.locator(f"#id_child-{child['id']}-{name}")


def words(child, name):
    """An answer that is nobody else's: a child written of as another is would be noticed."""
    name = name.replace("_", " ")
    return TOLD[child["id"] % len(TOLD)].format(name=name)


def start(page, task):
    """Plan and start the assessment that a task asks for: its own id."""
    page.goto(f"/assessments/tasks/{task}/")
    page.get_by_label("Who will be seen, and when?").fill("Each child alone; each parent apart.")
    page.get_by_label("Which agencies will be asked").fill("The school and the police.")
    page.get_by_label("What must this assessment answer?").fill("Are they safe when he is there?")
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_text("Single assessment started")).to_be_visible()
    return int(re.findall(r"/assessments/(\d+)/", page.url)[0])


def visit(page, children, siblings, look, *, seen_with):
    """Write up a visit: each child seen alone, but for one; and not about the other siblings."""
    page.goto(f"/children/{children[0]['id']}/visits/record/")
    look(page, "visit-record")
    page.locator("#id_kind").select_option("assessment")
    page.get_by_label("What happened, and what was said?").fill(
        "Their mother let me in and talked."
    )
    for child in children:
        alone = child is not seen_with
        page.locator(
            f"[name=child-{child['id']}-sight][value={'alone' if alone else 'with_others'}]"
        ).check()
        if not alone:
            box(page, child, "reason").select_option("child_refused")
        box(page, child, "own_words").fill(f"{child['given_names']} said: I hear them at night.")
    for child in siblings:
        page.locator(f"[name=child-{child['id']}-sight][value=not_part]").check()
    page.get_by_role("button", name="Record the visit").click()
    expect(page.get_by_text("Visit recorded")).to_be_visible()


def write(page, assessment, section, children, look):
    """Fill one section for every child and save it."""
    page.goto(f"/assessments/{assessment}/write/{section}/")
    look(page, f"assessment-{section}")
    for name in SHARED.get(section, ()):
        page.locator(f"#id_{name}").fill(f"What we found of {name.replace('_', ' ')}.")
    for child in children:
        for name in PER_CHILD.get(section, ()):
            box(page, child, name).fill(words(child, name))
        if section == "voice":
            choose(page, child, "words_obtained")
    save(page)


def choose(page, child, name, value=None):
    """Choose from a list, whether or not it is one that is typed into: its first real answer."""
    listed = page.locator(f"select[name=child-{child['id']}-{name}]")
    option = listed.locator(f"option[value='{value}']" if value else "option:not([value=''])").first
    if listed.is_visible():
        listed.select_option(option.get_attribute("value"))
        return
    text = option.text_content().strip()
    box(page, child, name).fill(text)
    page.get_by_role("option", name=text, exact=True).first.click()


def weigh(page, assessment, children, look):
    """Fill what puts each child at risk and what protects them."""
    page.goto(f"/assessments/{assessment}/write/risk/")
    look(page, "assessment-risk")
    for child in children:
        choose(page, child, "risks-0-code", FACTOR)
        box(page, child, "risks-0-text").fill(words(child, "what they hear"))
        choose(page, child, "protections-0-code")
        box(page, child, "protections-0-text").fill(words(child, "their aunt"))
        page.locator(f"[name=child-{child['id']}-risk_rating]").nth(1).check()
        box(page, child, "risk_rationale").fill(words(child, "how likely it is"))
    save(page)


def conclude(page, assessment, children, outcomes, look, *, but_not=None):
    """Fill what it means and what happens next for each child; one is left to be found."""
    page.goto(f"/assessments/{assessment}/write/conclusion/")
    look(page, "assessment-conclusion")
    page.locator("#id_family_analysis").fill(
        "He frightens them. She wants it to end, and has help."
    )
    for child in children:
        if child is not but_not:
            box(page, child, "analysis").fill(words(child, "what it means"))
        page.locator(f"[name=child-{child['id']}-factors][value='{FACTOR}']").check()
        page.locator(f"[name=child-{child['id']}-outcome][value={outcomes[child['id']]}]").check()
    save(page)


def hear_parents(page, assessment, look):
    """Write what each parent thinks, or why they were not spoken to."""
    page.goto(f"/assessments/{assessment}/parents/")
    look(page, "assessment-parents")
    for views in page.locator("textarea[name^='adult-'][name$='-views']").all():
        name = views.get_attribute("name")
        if "other" in name:
            continue
        views.fill("It has been hard. I want it to stop.")
        today, name = date.today(), name.removesuffix("-views")  # noqa: DTZ011 - the server's day
        for part in ("day", "month", "year"):
            page.locator(f"[name={name}-seen_on_{part}]").fill(str(getattr(today, part)))
    save(page)


def ask_agency(page, assessment, look):
    """Ask the school, and write what it said."""
    page.goto(f"/assessments/{assessment}/agencies/")
    look(page, "assessment-agencies")
    page.get_by_label("Which agency?").fill("School")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Record that they were asked").click()
    page.get_by_role("link", name=re.compile("^Record the answer")).first.click()
    look(page, "assessment-agency")
    page.get_by_label("What did they say?").fill("Tired in class; nobody has come to meetings.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(": recorded").first).to_be_visible()


def save(page):
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text(re.compile(": saved$")).first).to_be_visible()
