"""Families of the invented borough to walk with, and what is written down about them."""

from datetime import timedelta

from playwright.sync_api import expect

# Two children of one mother, both closed to us and not spoken of for a year, with a birthday that
# can be mistaken for another.
PAIRS = """
    SELECT a.id AS a, b.id AS b FROM people_person a
    JOIN people_relationship ma ON ma.other_person_id = a.id AND ma.code = 'mother'
    JOIN people_relationship mb ON mb.person_id = ma.person_id AND mb.code = 'mother'
    JOIN people_person b ON b.id = mb.other_person_id AND b.id <> a.id
    WHERE a.la_child_id IS NOT NULL AND b.la_child_id IS NOT NULL
      AND a.birth_kind = 'known' AND b.birth_kind = 'known'
      AND a.family_name = b.family_name AND a.given_names <> b.given_names
      AND extract(day FROM a.born_on) <= 12
      AND extract(day FROM a.born_on) <> extract(month FROM a.born_on)
      AND least(a.born_on, b.born_on) > current_date - interval '15 years'
      AND NOT EXISTS (SELECT FROM casework_episode e WHERE e.child_id IN (a.id, b.id)
                      AND (e.ended_on IS NULL OR e.ended_on >= current_date))
      AND NOT EXISTS (SELECT FROM front_door_contactchild c JOIN front_door_contact k
                      ON k.id = c.contact_id WHERE c.child_id IN (a.id, b.id)
                      AND k.received_at > now() - interval '1 year')
      AND NOT EXISTS (SELECT FROM people_restriction r WHERE r.person_id IN (a.id, b.id))
    ORDER BY (SELECT count(*) FROM people_relationship r
              WHERE r.person_id = ma.person_id AND r.code = 'mother'), a.id, b.id
"""


def known_pair(server):
    """Two brothers or sisters on record, of a small family, whom no test has spoken of yet."""
    pair = server.ask(PAIRS)[0]
    people = server.ask(
        "SELECT * FROM people_person WHERE id IN (%s, %s) ORDER BY id = %s DESC",
        pair["a"],
        pair["b"],
        pair["a"],
    )
    return people[0], people[1]


def name_of(person):
    first = person["known_as"] or person["given_names"]
    return f"{first} {person['family_name']}"


def called(server, email):
    """The name of whoever signs in with an address."""
    found = server.ask("SELECT first_name, last_name FROM accounts_user WHERE email = %s", email)
    return f"{found[0]['first_name']} {found[0]['last_name']}"


def describe(page, number, given, family, born, sex):
    """Write down a child as they were described."""
    if number:
        page.get_by_role("button", name="Add another child").click()
    row = page.locator("[data-row]").nth(number)
    row.get_by_label("First names").fill(given)
    row.get_by_label("Family name").fill(family)
    for label, part in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        row.get_by_label(label, exact=True).fill(str(part))
    row.get_by_label("Sex").select_option(sex)


def pick(page, label, words):
    """Choose from a list that is typed into."""
    page.get_by_label(label).fill(words)
    page.get_by_role("option", name=words).first.click()


def misremembered(child):
    """A child's family name and birthday as somebody on the telephone has them."""
    swapped = child["born_on"].replace(day=child["born_on"].month, month=child["born_on"].day)
    return child["family_name"] + child["family_name"][-1], swapped


def a_police_report(page, one, other):
    """Three children, one misspelt with day and month swapped, one as recorded, one new."""
    page.goto("/contacts/record/")
    misspelt, swapped = misremembered(one)
    describe(page, 0, one["given_names"], misspelt, swapped, one["sex"])
    describe(page, 1, other["given_names"], other["family_name"], other["born_on"], other["sex"])
    born = max(one["born_on"], other["born_on"]) + timedelta(days=400)
    describe(page, 2, "Zebedee", one["family_name"], born, "M")
    pick(page, "How did it come?", "Police notification")
    page.get_by_label("Somebody whose work it is").check()
    page.get_by_label("Their name").fill("PC Adeyemi")
    pick(page, "A professional's agency", "Police")
    page.get_by_label("What did they tell you?").fill("Called at 2am. Three children were awake.")
    page.get_by_role("button", name="Record the contact").click()
    expect(page.get_by_role("heading", name="Who are these children?")).to_be_visible()
    return f"{one['given_names']} {misspelt}"
