"""Casework's addresses."""

from django.urls import path

from hearth.casework.views import cases, closing, consulting, rules, tasks

app_name = "casework"

urlpatterns = [
    path("tasks/<int:task_id>/", tasks.task, name="task"),
    path("tasks/<int:task_id>/reassign/", tasks.reassign_task, name="reassign_task"),
    path("tasks/<int:task_id>/cancel/", tasks.cancel_task, name="cancel_task"),
    path("tasks/<int:task_id>/allocate/", cases.allocate_children, name="allocate_children"),
    path("directions/<int:direction_id>/", tasks.direction, name="direction"),
    path("directions/<int:direction_id>/done/", tasks.do_direction, name="do_direction"),
    path("episodes/<int:episode_id>/", cases.episode, name="episode"),
    path("episodes/<int:episode_id>/allocate/", cases.allocate, name="allocate"),
    path("episodes/<int:episode_id>/close/", closing.ask_to_close, name="ask_to_close"),
    path("closings/<int:closing_id>/", closing.closing, name="closing"),
    path("closings/<int:closing_id>/decide/", closing.decide_closing, name="decide_closing"),
    path("allocations/<int:allocation_id>/", cases.allocation, name="allocation"),
    path("allocations/<int:allocation_id>/end/", cases.end_allocation, name="end_allocation"),
    path("children/<int:person_id>/ask/", consulting.ask_manager, name="ask_manager"),
    path("consultations/<int:consultation_id>/", consulting.consultation, name="consultation"),
    path(
        "consultations/<int:consultation_id>/answer/",
        consulting.answer_consultation,
        name="answer_consultation",
    ),
    path("children/<int:person_id>/case/", cases.case_history, name="case_history"),
    path("unallocated/", cases.unallocated, name="unallocated"),
    path("records-to-complete/", cases.to_complete, name="to_complete"),
    path("staff/<int:staff_id>/hand-over/", cases.hand_over, name="hand_over"),
    path("staff/<int:staff_id>/caseload/", rules.staff_caseload, name="staff_caseload"),
    path("teams/<int:team_id>/caseload/", rules.team_caseload, name="team_caseload"),
    path("help/how-work-flows/", rules.how_work_flows, name="how_work_flows"),
    path("help/caseload-weights/", rules.weights, name="weights"),
    path("limits/", rules.local_limits, name="local_limits"),
    path("limits/adoption/", rules.propose_adoption, name="propose_adoption"),
    path("limits/propose/", rules.propose_limit, name="propose_limit"),
    path("limits/<int:localchange_id>/", rules.decide_change, name="decide_change"),
]
