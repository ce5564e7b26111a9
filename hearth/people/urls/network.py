"""The addresses of professionals and organisations."""

from django.urls import path

from hearth.people.views import network

urlpatterns = [
    path("professionals/", network.professionals, name="professionals"),
    path("professionals/create/", network.create_professional, name="create_professional"),
    path(
        "professionals/<int:professional_id>/change/",
        network.change_professional,
        name="change_professional",
    ),
    path(
        "professionals/<int:professional_id>/close/",
        network.close_professional,
        name="close_professional",
    ),
    path("organisations/create/", network.create_organisation, name="create_organisation"),
    path(
        "organisations/<int:organisation_id>/change/",
        network.change_organisation,
        name="change_organisation",
    ),
    path(
        "organisations/<int:organisation_id>/close/",
        network.close_organisation,
        name="close_organisation",
    ),
    path("<int:person_id>/network/record/", network.record_network, name="record_network"),
]
