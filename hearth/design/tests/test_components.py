import re
from datetime import UTC, date, datetime, time

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from hearth.design.components.lists import Place, Row

TODAY = date(2026, 3, 2)
NASTY = "<script>alert(1)</script>"


def draw(source, **context):
    return Template("{% load hearth_design %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("due_on", "colour", "text"),
    [
        (date(2026, 3, 2), "orange", "Due today"),
        (date(2026, 3, 3), "yellow", "1 working day left"),
        (date(2026, 3, 4), "yellow", "2 working days left"),
        (date(2026, 3, 16), "blue", "10 working days left"),
        (date(2026, 2, 27), "red", "1 working day late"),
        (date(2200, 1, 1), "blue", "Due 1 January 2200"),
        (None, "grey", "No date"),
    ],
)
def test_a_due_date_says_how_late_in_words_and_colour(due_on, colour, text):
    html = draw("{% due_tag due_on today=today %}", due_on=due_on, today=TODAY).strip()

    assert html == f'<strong class="govuk-tag govuk-tag--{colour}">{text}</strong>'


def test_a_colour_means_one_thing_and_no_other_is_allowed():
    assert "govuk-tag--green" in draw('{% status_tag "Signed off" "green" %}')
    assert "govuk-tag--purple" in draw("{% restricted_tag %}")
    with pytest.raises(TemplateSyntaxError):
        draw('{% status_tag "Nice" "pink" %}')


def test_dates_and_times_are_in_the_services_words():
    at = datetime(2026, 4, 14, 15, 20, tzinfo=UTC)
    source = "{{ at|day }}, {{ at|clock }}, {{ at|moment }}, {{ on|day }}, {{ then|clock }}"

    html = draw(source, at=at, on=date(2026, 4, 1), then=time(9))

    assert html == "14 April 2026, 4:20pm, 14 April 2026 at 4:20pm, 1 April 2026, 9am"
    assert draw("[{{ no|day }}{{ no|clock }}{{ no|moment }}]", no=None) == "[]"
    late = draw("{{ due|late_in_words:today }}", due=date(2026, 2, 26), today=TODAY)
    assert late == "2 working days late"


@pytest.mark.parametrize(
    "source",
    [
        "{% status_tag bad 'red' %}",
        "{% restricted_tag bad %}",
        "{% child_marker bad %}",
        "{% child_marker bad number=1 of=2 %}",
        "{% details bad %}{{ bad }}{% enddetails %}",
        "{% inset %}{{ bad }}{% endinset %}",
        "{% warning_text bad %}",
        "{% notification_banner bad %}",
        "{% button bad href=bad %}",
        "{% button bad name=bad value=bad %}",
        "{% timeline_entry bad bad by=bad href=bad %}{{ bad }}{% endtimeline_entry %}",
        "{% timeline_entry bad bad %}{% endtimeline_entry %}",
        "{% summary_list rows %}",
        "{% summary %}{% row bad href=bad verb=bad %}{{ bad }}{% endrow %}{% endsummary %}",
        "{% table bad head=bad %}{{ bad }}{% endtable %}",
        "{% tr %}{% th %}{{ bad }}{% endth %}{% td bad %}{{ bad }}{% endtd %}{% endtr %}",
        "{% side_navigation places %}",
        "{% back_link bad bad %}",
        "{% breadcrumbs bad bad %}",
    ],
)
def test_words_are_escaped_in_every_component(source):
    html = draw(source, bad=NASTY, rows=[Row(NASTY, NASTY, NASTY)], places=[Place(NASTY, NASTY)])

    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{% details 'Why' is_open=True %}x{% enddetails %}", ["govuk-details__text", " open>"]),
        ("{% details 'Why' %}x{% enddetails %}", ["govuk-details__summary-text"]),
        ("{% inset %}x{% endinset %}", ["govuk-inset-text"]),
        ("{% warning_text 'x' %}", ["govuk-warning-text__text", ">Warning<"]),
        (
            "{% notification_banner 'x' kind='success' %}",
            ["govuk-notification-banner--success", 'role="alert"', "Done"],
        ),
        ("{% notification_banner 'x' title='News' %}", ['role="region"', "News"]),
        ("{% button 'Send to manager' %}", ['type="submit"', 'data-prevent-double-click="true"']),
        ("{% button 'Go' href='/x' kind='secondary' %}", ["govuk-button--secondary", 'href="/x"']),
        ("{% timeline %}x{% endtimeline %}", ["moj-timeline"]),
        (
            "{% timeline_entry 'Visit' '1 May' by='Jo' significant=True %}{% endtimeline_entry %}",
            ["moj-timeline__item", "by Jo", "Significant", "moj-timeline__date"],
        ),
        ("{% row 'Born' %}x{% endrow %}", ["govuk-summary-list__row--no-actions"]),
        ("{% row 'Born' href='/x' %}x{% endrow %}", ['Change<span class="govuk-visually-hidden">']),
        ("{% table 'Visits' head='When|Who' %}x{% endtable %}", ['<th scope="col"', "<caption"]),
        ("{% th %}x{% endth %}", ['scope="row"']),
        ("{% td 'Days' numeric=True %}x{% endtd %}", ["--numeric", 'data-label="Days"']),
        ("{% back_link '/x' 'Back to Amy' %}", ["govuk-back-link"]),
        ("{% breadcrumbs 'Desk' '/' 'Amy' '/a' %}", ["govuk-breadcrumbs__list-item"]),
        ("{% child_marker 'Amy' number=1 of=2 %}", ["hearth-child-marker__number", "child 1 of 2"]),
    ],
)
def test_each_component_has_the_markup_its_style_sheet_expects(source, names):
    html = draw(source)

    for name in names:
        assert name in html


def test_a_refused_button_gives_its_reasons_beside_it():
    html = draw("{% button 'Sign off' refusals=why %}", why=["You wrote this", "It is not done"])

    assert "disabled" in html
    assert "You wrote this; It is not done" in html


def test_a_summary_list_shows_facts_and_where_they_are_changed():
    html = draw("{% summary_list rows %}", rows=[Row("Born", "1 May 2020", "/born"), ("Sex", "F")])

    assert html.count("govuk-summary-list__row") == 3
    assert 'href="/born"' in html


def test_a_side_navigation_marks_where_one_is():
    places = [
        Place("Story", "/story", is_current=True),
        Place("Risks", "#risks", is_current=True, state="started"),
    ]
    html = draw("{% side_navigation places %}", places=places)

    assert 'href="/story" aria-current="page"' in html
    assert 'href="#risks" aria-current="location"' in html
    assert "started" in html


def paged(number, count, query=""):
    page = Paginator(range(count), 10).page(number)
    return draw("{% pagination page %}", page=page, request=RequestFactory().get(f"/?{query}"))


def test_paging_keeps_the_filters_and_leaves_out_the_middle():
    html = paged(6, 200, "team=5&team=6&page=6")

    addresses = re.findall(r'href="([^"]+)"', html)
    assert "?team=5&amp;team=6&amp;page=7" in addresses
    assert html.count("ellipsis") == 2
    assert 'aria-current="page"' in html
    assert paged(1, 5).strip() == ""
    assert "rel" in paged(2, 20)


@pytest.mark.parametrize(
    ("number", "count", "words"),
    [
        (1, 0, "0 children"),
        (1, 1, "1 child"),
        (2, 1200, "1,200 children, showing 11 to 20"),
    ],
)
def test_a_count_is_in_words(number, count, words):
    page = Paginator(range(count), 10).page(number)

    assert draw('{% count_in_words page "child" "children" %}', page=page) == words
    assert draw("{% count_in_words page %}", page=Paginator([1, 2], 10).page(1)) == "2 results"
