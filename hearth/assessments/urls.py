"""The addresses of assessments."""

from django.urls import path

from hearth.assessments.views import deciding, reading, starting, writing

app_name = "assessments"

urlpatterns = [
    path("assessments/tasks/<int:task_id>/", starting.from_task, name="from_task"),
    path(
        "assessments/tasks/<int:task_id>/start/", starting.start_assessment, name="start_assessment"
    ),
    path("assessments/tasks/<int:task_id>/update/", starting.decide_update, name="decide_update"),
    path("assessments/tasks/<int:task_id>/hand-over/", starting.hand_over, name="hand_over"),
    path("assessments/<int:assessment_id>/", reading.open_assessment, name="open_assessment"),
    path("assessments/<int:assessment_id>/parents/", writing.parents, name="parents"),
    path("assessments/<int:assessment_id>/agencies/", writing.agencies, name="agencies"),
    path(
        "assessments/<int:assessment_id>/write/<slug:section>/",
        writing.write_section,
        name="write_section",
    ),
    path(
        "assessments/agencies/<int:agencyconsulted_id>/",
        writing.answer_agency,
        name="answer_agency",
    ),
    path(
        "assessments/agencies/<int:agencyconsulted_id>/chase/",
        writing.chase_agency,
        name="chase_agency",
    ),
    path(
        "assessments/<int:assessment_id>/check/",
        deciding.submit_assessment,
        name="submit_assessment",
    ),
    path(
        "assessments/<int:assessment_id>/decide/",
        deciding.decide_assessment,
        name="decide_assessment",
    ),
    path("assessments/<int:assessment_id>/versions/", deciding.versions, name="versions"),
    path(
        "assessments/<int:assessment_id>/versions/<int:number>/",
        deciding.versions,
        name="version",
    ),
    path("assessments/<int:assessment_id>/review/", deciding.review_point, name="review_point"),
    path(
        "assessments/<int:assessment_id>/cancel/",
        deciding.cancel_assessment,
        name="cancel_assessment",
    ),
    path(
        "assessments/<int:assessment_id>/add/", deciding.add_to_assessment, name="add_to_assessment"
    ),
    path(
        "assessments/<int:assessment_id>/print/",
        reading.print_assessment,
        name="print_assessment",
    ),
    path("assessments/<int:assessment_id>/family-copy/", reading.family_copy, name="family_copy"),
    path(
        "children/<int:person_id>/assessments/",
        reading.child_assessments,
        name="child_assessments",
    ),
    path("teams/<int:team_id>/assessments/", reading.team_assessments, name="team_assessments"),
]
