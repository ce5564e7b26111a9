"""Every room's addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hearth.desk.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("hearth.records.urls")),
]
