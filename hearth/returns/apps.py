"""Statutory returns."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The CIN census: reading it in."""

    name = "hearth.returns"
