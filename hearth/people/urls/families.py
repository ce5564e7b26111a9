"""The addresses of families and households."""

from django.urls import path

from hearth.people.views import families

urlpatterns = [
    path("<int:person_id>/genogram/", families.genogram, name="genogram"),
    path(
        "<int:person_id>/relationships/record/",
        families.record_relationship,
        name="record_relationship",
    ),
    path("<int:person_id>/household/create/", families.create_household, name="create_household"),
    path("households/<int:household_id>/", families.household, name="household"),
    path("households/<int:household_id>/join/", families.join_household, name="join_household"),
    path("households/<int:household_id>/move/", families.move_household, name="move_household"),
]
