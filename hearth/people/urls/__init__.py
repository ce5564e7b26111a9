"""The addresses of the people room, by subject. Each module here has its own `urlpatterns`."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
