from datetime import date

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from hearth.design import forms as asked
from hearth.design.tests.forms import CHILDREN, Everything, Part

NASTY = "<script>alert(1)</script>"


def offered(field):
    return list(field.choices)


def offer_as_on(field, day):
    field.on = day


@pytest.fixture(scope="module")
def empty():
    form = Everything(MultiValueDict())
    form.is_valid()
    return form


def test_each_kind_of_question_is_its_govuk_component():
    html = str(Everything())

    for name in (
        "govuk-input govuk-input--width-20",
        "govuk-textarea",
        "govuk-character-count",
        "govuk-date-input",
        "govuk-radios--inline",
        "govuk-radios__input",
        "govuk-checkboxes__input",
        "govuk-select",
        "govuk-file-upload",
    ):
        assert name in html
    assert "required" not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_each_error_names_its_question_and_links_to_its_first_box(empty):
    hrefs = {name: empty[name].error_href for name in empty.errors}

    assert empty["name"].errors == ["Answer “What is the school called?”"]
    assert empty["kind"].errors == ["Choose kind of visit"]
    assert empty["agreed"].errors == ["Tick “The family has agreed”"]
    assert hrefs["held_on"] == "#id_held_on_day"
    assert hrefs["where"] == "#id_where_0"
    assert hrefs["name"] == "#id_name"
    html = str(empty)
    for href in hrefs.values():
        assert f'id="{href[1:]}"' in html


def test_a_field_with_an_error_says_so_to_eye_and_ear(empty):
    html = empty["happened"].as_field_group()

    assert "govuk-form-group--error" in html
    assert "govuk-textarea--error" in html
    assert 'aria-invalid="true"' in html
    described = "id_happened_helptext id_happened_error id_happened-info"
    assert f'aria-describedby="{described}"' in html
    for own in described.split():
        assert f'id="{own}"' in html


def test_a_group_of_boxes_is_described_by_its_hint_and_error(empty):
    html = empty["held_on"].as_field_group()

    assert '<fieldset class="govuk-fieldset" aria-describedby="id_held_on_helptext' in html
    assert html.count("govuk-input--error") == 3


def test_what_need_not_be_answered_says_so():
    html = str(Everything())

    assert html.count("(optional)") == 3
    assert "arrive? <span" in html


def test_words_from_a_form_are_escaped_wherever_they_stand():
    class Nasty(forms.Form):
        line = asked.LineField(label=NASTY, help_text=NASTY, initial=NASTY)
        text = asked.TextField(label=NASTY, initial=NASTY)
        pick = forms.ChoiceField(label=NASTY, choices=[(NASTY, NASTY)], widget=forms.RadioSelect)
        many = forms.MultipleChoiceField(
            label=NASTY, choices=[(NASTY, [(NASTY, NASTY)])], widget=forms.CheckboxSelectMultiple
        )
        held_on = asked.DateField(label=NASTY)
        tick = forms.BooleanField(label=NASTY)

    bound = Nasty({"line": NASTY, "held_on_day": NASTY, "held_on_month": '"><b>', "tick": ""})

    for html in (str(Nasty()), str(bound)):
        assert "<script" not in html
        assert "<b>" not in html


def test_words_are_tidied_and_refused_when_too_long():
    line, text = asked.LineField(max_length=5), asked.TextField(count_to=5)

    assert line.clean("  a\u200b   b ") == "a b"
    assert text.clean("a\r\nb ") == "a\nb"
    for field in (line, text):
        with pytest.raises(forms.ValidationError) as raised:
            field.clean("abcdefg")
        assert raised.value.messages == [
            "This must be 5 characters or fewer. Take out 2 characters"
        ]


@pytest.mark.parametrize(("sent", "answer"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_are_true_and_false(sent, answer):
    field = asked.YesNoField(required=False)

    assert field.clean(sent) is answer
    assert field.prepare_value(answer) == (sent or None)


def test_codes_are_offered_as_they_stood_on_the_day():
    class Asks(forms.Form):
        change = asked.CodeField("ethnicity", label="Which?")
        few = asked.CodeField("ethnicity", label="Which?", only=["WBRI"], as_radios=True)
        many = asked.CodesField("ethnicity", label="Which?", on=lambda: date(2026, 4, 1))

    form = Asks({"change": "WBRI", "few": "WBRI", "many": ["WBRI"]})
    fields = form.fields
    offer_as_on(fields["change"], date(2026, 4, 14))

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"change": "WBRI", "few": "WBRI", "many": ["WBRI"]}
    assert offered(fields["change"])[0] == ("", "Choose")
    assert [code for code, _ in offered(fields["few"])] == ["WBRI"]
    assert not Asks({"change": "NONSENSE"}).is_valid()


def test_a_forms_own_words_for_a_missing_answer_stand():
    class Asks(forms.Form):
        own = asked.LineField(label="Name?", error_messages={"required": "Enter their name"})
        number = asked.LineField(label="NHS number")

    form = Asks({})

    assert form.errors == {"own": ["Enter their name"], "number": ["Enter NHS number"]}


def test_only_a_long_list_is_found_by_typing():
    class Asks(forms.Form):
        many = forms.MultipleChoiceField(label="Which?", choices=[(n, n) for n in range(50)])
        long = asked.CodeField("ethnicity", label="Which?")
        short = asked.CodeField("ethnicity", label="Which?", only=["WBRI"])

    form = Asks()

    assert "data-autocomplete" in str(form["long"])
    assert "data-autocomplete" not in str(form["short"])
    assert "data-autocomplete" not in str(form["many"])


def test_a_field_may_be_disabled_and_chosen_boxes_stay_chosen():
    form = Everything(initial={"where": "home", "who": ["father"], "held_on": date(2026, 4, 14)})
    form.fields["held_on"].disabled = form.fields["where"].disabled = True
    html = str(form)

    assert 'value="father" id="id_who_1" checked' in html
    assert 'value="home" id="id_where_0" checked disabled' in html
    assert str(form["held_on"]).count("disabled") == 3


def test_each_child_has_a_part_and_none_can_be_left_out():
    parts = asked.ChildParts(Part, CHILDREN, data={"child-1-seen": "yes"})

    assert not parts.is_valid()
    assert parts.has_errors
    assert [part.form.is_valid() for part in parts] == [True, False]


def test_parts_give_each_child_with_their_answers():
    data = {"child-1-seen": "yes", "child-2-seen": "no", "child-2-said": "Hello"}
    parts = asked.ChildParts(Part, CHILDREN, data=data)

    assert parts.is_valid()
    assert not parts.has_errors
    assert [(str(child), answers["seen"]) for child, answers in parts.cleaned_data] == [
        ("Amy Brook", True),
        ("Ben Brook", False),
    ]


def test_parts_begin_with_what_is_known():
    parts = asked.ChildParts(Part, CHILDREN, initial={2: {"said": "Hello"}})

    assert [part.form["said"].value() for part in parts] == [None, "Hello"]
