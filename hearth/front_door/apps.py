"""Contacts and referrals."""

from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    """What people tell us about children, and what we decide to do about it."""

    name = "hearth.front_door"
