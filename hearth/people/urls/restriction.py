"""The addresses of restriction, of breaking the glass, and of declared connections."""

from django.urls import URLPattern, path

from hearth.people.views import connections, restriction
from hearth.people.views import restriction_looks as looks
from hearth.people.views import restriction_openings as openings

urlpatterns: list[URLPattern] = [
    path("<int:person_id>/restriction/", restriction.restriction, name="restriction"),
    path(
        "<int:person_id>/restriction/restrict/", restriction.restrict_people, name="restrict_people"
    ),
    path("<int:person_id>/restriction/name/", restriction.name_worker, name="name_worker"),
    path("<int:person_id>/looks/", looks.looks, name="looks"),
    path("looks-by/<int:user_id>/", looks.looks_by, name="looks_by"),
    path("refused-looks/", looks.refused_looks, name="refused_looks"),
    path("restrictions/", restriction.restrictions, name="restrictions"),
    path(
        "restrictions/<int:restriction_id>/lift/",
        restriction.lift_restriction,
        name="lift_restriction",
    ),
    path(
        "restrictions/<int:restriction_id>/name/",
        restriction.name_worker_unseen,
        name="name_worker_unseen",
    ),
    path(
        "restrictions/named/<int:restrictionaccess_id>/remove/",
        restriction.remove_worker,
        name="remove_worker",
    ),
    path("break-glass/", openings.break_glass, name="break_glass"),
    path("openings/", openings.openings, name="openings"),
    path(
        "openings/<int:restrictionaccess_id>/review/",
        openings.review_opening,
        name="review_opening",
    ),
    path("<int:person_id>/connection/", connections.declare_connection, name="declare_connection"),
    path("connections/", connections.connections, name="connections"),
    path(
        "connections/<int:declaredconnection_id>/end/",
        connections.end_connection,
        name="end_connection",
    ),
]
