"""Forms that the tests draw."""

from django import forms

from hearth.design import forms as asked


class Everything(forms.Form):
    """One question of each kind."""

    name = asked.LineField(label="What is the school called?", width="20")
    happened = asked.TextField(
        label="What happened?", count_to=2000, help_text="The family will be able to read this."
    )
    held_on = asked.DateField(label="When was the visit?", not_future=True, help_text="14 4 2026")
    arrived_at = asked.TimeField(label="What time did you arrive?", required=False)
    rang_at = asked.MomentField(label="When did they ring?", not_future=True)
    seen_alone = asked.YesNoField(label="Was Amy seen alone?")
    ethnicity = asked.CodeField("ethnicity", label="Which ethnic group is Amy from?")
    where = forms.ChoiceField(
        label="Where was Amy seen?",
        choices=[("home", "At home"), ("school", "At school")],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label="Who else was there?",
        choices=[("mother", "Mother"), ("father", "Father")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(label="Kind of visit", choices=[("", "Choose"), ("s", "Statutory")])
    agreed = forms.BooleanField(label="The family has agreed")
    letter = forms.FileField(label="Letter", required=False)


class Part(forms.Form):
    """A child's part."""

    seen = asked.YesNoField(label="Was this child seen?")
    said = asked.TextField(label="What did they say?", required=False)


class Child:
    """Somebody with a number and a name."""

    def __init__(self, pk, name):
        self.pk, self.name = pk, name

    def __str__(self):
        return self.name


CHILDREN = [Child(1, "Amy Brook"), Child(2, "Ben Brook")]
