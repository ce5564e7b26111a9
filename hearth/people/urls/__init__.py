"""The addresses of the people room, by subject. Each module here has its own `urlpatterns`."""

from django.urls import URLPattern

from hearth.people.urls import facts, families, merging, network, restriction

app_name = "people"

urlpatterns: list[URLPattern] = [
    *facts.urlpatterns,
    *families.urlpatterns,
    *network.urlpatterns,
    *merging.urlpatterns,
    *restriction.urlpatterns,
]
