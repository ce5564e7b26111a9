"""What an assessment asks, section by section, and why each question must be answered.

Each question is a column of the model. The words stand here once, for the form, the list of gaps,
the comparison of versions and the printed assessment. `why` cites what makes it necessary: the law,
a return, or a child's safety. No child's part asks more than 25 questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

WORKING_TOGETHER = "Working Together to Safeguard Children (2023), chapter 3"
FRAMEWORK = "Guidance: the Assessment Framework in Working Together (2023), chapter 3"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its column, its words, and why it is asked. `{name}` is the child's name."""

    field: str
    label: str
    why: str
    hint: str = ""
    # Its heading in the printed assessment, where the family reads it.
    heading: str = ""

    def asked_of(self, name: str) -> str:
        """The question, with the child's name."""
        return self.label.replace("{name}", name)

    def help_for(self, name: str) -> str:
        """What helps to answer it."""
        return self.hint.replace("{name}", name)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the assessment that is written and saved together."""

    key: str
    title: str
    intro: str
    shared: tuple[Question, ...] = ()
    child: tuple[Question, ...] = ()

    @property
    def is_per_child(self) -> bool:
        """Whether each child has a part of it."""
        return bool(self.child)


PLAN = Section(
    key="plan",
    title="Plan of the assessment",
    intro="What you set out to find out, and from whom.",
    shared=(
        Question(
            "people_to_see",
            "Who will be seen, and when?",
            f"Guidance: an assessment is planned with the family ({WORKING_TOGETHER}).",
            "Every child, each parent, and anyone else who matters to the children.",
            "Who we planned to see",
        ),
        Question(
            "agencies_to_ask",
            "Which agencies will be asked, and what about?",
            "Law: agencies must help when asked (Children Act 1989, section 27).",
            "Say if a parent has not agreed, and why you will ask without it.",
            "Who we planned to ask",
        ),
        Question(
            "questions",
            "What must this assessment answer?",
            "Safety: a manager reviews the work against it.",
            "Two or three questions, in plain words.",
            "What we set out to find out",
        ),
    ),
)

VOICE = Section(
    key="voice",
    title="The children's own words",
    intro="Each child: when they were seen, what they say, and what a day is like for them.",
    child=(
        Question(
            "seen_on",
            "When was {name} seen?",
            "Law: a child's wishes and feelings must be found out (Children Act 1989, section 17).",
            "Only where no visit is on the record: a visit you have recorded is counted by itself.",
        ),
        Question("seen_where", "Where was {name} seen?", "Safety."),
        Question("seen_by", "Who saw {name}?", "Safety."),
        Question("seen_alone", "Was {name} seen alone?", "Safety."),
        Question("seen_alone_reason", "Why was {name} not seen alone?", "Safety."),
        Question(
            "not_seen_why",
            "If {name} has not been seen: why, and what was tried?",
            "Safety: a manager must accept a reason before this can be authorised.",
            "Leave empty if {name} has been seen.",
            "Why {name} was not seen",
        ),
        Question(
            "child_words",
            "What does {name} say, wish and feel?",
            "Law: Children Act 1989, section 17.",
            "In {name}'s own words. For a baby, or a child who does not speak, what you saw.",
            "What {name} says",
        ),
        Question(
            "words_obtained",
            "How did you find this out?",
            "Safety: it shows whose words these are.",
            "",
            "How we know",
        ),
        Question(
            "words_changed",
            "What did it change?",
            "Law: due consideration must be given to it (Children Act 1989, section 17).",
            "In your thinking, or in what happens next. If nothing, say why.",
            "What it changed",
        ),
        Question(
            "how_safe",
            "How safe does {name} feel, from 1 to 10?",
            "Safety.",
            "1 is not safe at all, 10 is completely safe. Leave empty if {name} could not say.",
            "How safe {name} feels, from 1 to 10",
        ),
        Question(
            "how_safe_on",
            "When did {name} tell you that?",
            "Safety: the answer changes.",
            "",
            "When {name} told us that",
        ),
        Question(
            "day_in_life",
            "What is an ordinary day like for {name}?",
            "Safety. Reviews find that this is what was never asked.",
            "From waking to sleeping: who is there, what is eaten, what is good, what frightens.",
            "A day in {name}'s life",
        ),
    ),
)

NEEDS = Section(
    key="needs",
    title="What each child needs",
    intro="Strengths and difficulties in each part of a child's development, and what follows.",
    child=(
        Question("health", "Health", f"{FRAMEWORK}.", "Growth, checks, illness, teeth, mind."),
        Question("education", "Education and learning", f"{FRAMEWORK}.", "Or play, for the young."),
        Question(
            "emotional",
            "Feelings and behaviour",
            f"{FRAMEWORK}.",
            "How {name} copes, and with whom {name} feels safe.",
        ),
        Question(
            "identity",
            "Sense of self",
            f"{FRAMEWORK}.",
            "Who {name} feels they are, and where they feel they belong.",
        ),
        Question(
            "relationships",
            "Family and friends",
            f"{FRAMEWORK}.",
            "Who matters to {name}, and how they get on.",
        ),
        Question(
            "presentation",
            "How {name} comes across to others",
            f"{FRAMEWORK}.",
            "Dress, cleanliness, how others respond.",
        ),
        Question(
            "self_care",
            "Looking after themselves",
            f"{FRAMEWORK}.",
            "What {name} can do for themselves, for their age.",
        ),
    ),
)

IDENTITY = Section(
    key="identity",
    title="Who each child is",
    intro="What it means in this child's life, and what it changes about the help. "
    "What is already on the record is shown beside each question.",
    child=(
        Question("culture", "Culture", "Law: Equality Act 2010, section 149.", "", "Culture"),
        Question("ethnicity", "Ethnicity", "Law: Equality Act 2010, section 149.", "", "Ethnicity"),
        Question(
            "religion", "Religion or belief", "Law: Equality Act 2010, section 149.", "", "Religion"
        ),
        Question(
            "language",
            "Language",
            "Law: Equality Act 2010, section 149.",
            "Which languages, who reads them, and whether an interpreter was used.",
        ),
        Question(
            "disability",
            "Disability",
            "Law: Equality Act 2010, section 149; Children Act 1989, section 17(11).",
            "If none, how you know.",
        ),
    ),
)

PARENTS = Section(
    key="parents",
    title="What parents and carers think",
    intro="Everyone who is a parent or has parental responsibility, whether or not they live with "
    "the children. If somebody was not spoken to, say why.",
)

AGENCIES = Section(
    key="agencies",
    title="What other agencies say",
    intro="Who was asked, when, and what they said. Chase those who have not answered.",
)

FAMILY = Section(
    key="family",
    title="The family and where they live",
    intro="The other two sides of the assessment triangle.",
    shared=(
        Question(
            "parenting_capacity",
            "How well can the parents or carers meet the children's needs?",
            f"{FRAMEWORK}.",
            "Basic care, keeping safe, warmth, stimulation, guidance and boundaries, stability.",
            "How the parents and carers look after the children",
        ),
        Question(
            "family_environment",
            "What in the family, home and neighbourhood helps, and what makes things harder?",
            f"{FRAMEWORK}.",
            "Wider family, housing, work, money, friends and neighbours, places outside the home.",
            "The family, the home and the neighbourhood",
        ),
    ),
)

HISTORY = Section(
    key="history",
    title="What has happened before",
    intro="The history is drawn from the record and shown below. Do not type it again.",
    shared=(
        Question(
            "history_considered",
            "What does this history mean for the children now?",
            "Safety. Patterns are missed when history is not weighed.",
            "Name what you weighed, by its date. If none of it matters now, say why.",
            "What has happened before, and what it means",
        ),
    ),
)

RISK = Section(
    key="risk",
    title="What puts each child at risk, and what protects them",
    intro="At least one of each for every child. If no risk was found, choose that and say how.",
    child=(
        Question(
            "risks",
            "What puts {name} at risk?",
            "Safety.",
            "",
            "What we are worried about",
        ),
        Question(
            "protections",
            "What protects {name}?",
            "Safety.",
            "",
            "What is going well, and keeps {name} safe",
        ),
        Question(
            "risk_rating",
            "How great is the risk to {name}?",
            "Safety. It is compared with the next decision.",
            "",
            "How worried we are",
        ),
        Question(
            "risk_rationale",
            "Why is it that?",
            "Safety.",
            "How likely harm is, how serious, and what you cannot yet know.",
            "Why we think so",
        ),
    ),
)

CONCLUSION = Section(
    key="conclusion",
    title="Analysis and decision",
    intro="What all this means: for the family, then for each child on their own.",
    shared=(
        Question(
            "family_analysis",
            "What does all this mean for the family as a whole?",
            f"Guidance: {WORKING_TOGETHER}.",
            "What is happening, why, what will happen if nothing changes, and what would help.",
            "What we think",
        ),
    ),
    child=(
        Question(
            "analysis",
            "What does it mean for {name}?",
            "Safety: every child has their own analysis.",
            "How it is for {name}, and why this outcome is right for {name}.",
            "What we think for {name}",
        ),
        Question(
            "factors",
            "Which factors were found?",
            "Return: the children in need census.",
            "Tick all that apply. “No factors found” stands alone.",
            "What we found",
        ),
        Question(
            "outcome",
            "What should happen next for {name}?",
            f"Guidance: {WORKING_TOGETHER}.",
            "",
            "What happens next",
        ),
        Question(
            "closure_reason",
            "If the case is to close: why?",
            "Return: the children in need census.",
            "",
            "Why our work ends",
        ),
    ),
)

# In the order they are written. The child's voice comes first in what is read.
SECTIONS: dict[str, Section] = {
    section.key: section
    for section in (
        PLAN,
        VOICE,
        NEEDS,
        IDENTITY,
        PARENTS,
        AGENCIES,
        FAMILY,
        HISTORY,
        RISK,
        CONCLUSION,
    )
}


def all_questions() -> Iterator[tuple[Section, Question]]:
    """Every question, with the section it stands in."""
    for section in SECTIONS.values():
        for question in (*section.shared, *section.child):
            yield section, question


QUESTIONS: dict[str, Question] = {question.field: question for _, question in all_questions()}
SECTION_OF: dict[str, Section] = {question.field: section for section, question in all_questions()}
