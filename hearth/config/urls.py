"""Every room's addresses."""

from django.urls import URLPattern, URLResolver, include, path

from hearth.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hearth.desk.urls")),
    path("", include("hearth.api.urls")),
    path("returns/", include("hearth.returns.urls")),
    path("accounts/", include("hearth.accounts.urls")),
    path("people/", include("hearth.people.urls")),
    path("", include("hearth.records.urls")),
    path("", include("hearth.front_door.urls")),
    path("", include("hearth.assessments.urls")),
    path("", include("hearth.protection.urls")),
    path("", include("hearth.supervision.urls")),
    path("", include("hearth.quality.urls")),
    path("", include("hearth.family_help.urls")),
    path("", include("hearth.plans.urls")),
    path("", include("hearth.casework.urls")),
    path("", include("hearth.workforce.urls")),
    path("health/", health, name="health"),
]

handler400 = "hearth.design.views.not_understood"
handler403 = "hearth.design.views.refused"
handler404 = "hearth.design.views.not_found"
handler500 = "hearth.design.views.gone_wrong"
