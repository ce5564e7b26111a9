"""Made-up health services, with keys to sign by."""

import base64
from datetime import date

import factory
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hearth.accounts.tests.factories import UserFactory
from hearth.api.models import Asker

KEY = Ed25519PrivateKey.generate()


def public(key=KEY):
    """The half of a key that others may have, as it is sent."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def sign(words, key=KEY):
    """A signature, as it is sent."""
    return base64.b64encode(key.sign(words)).decode()


class AskerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Asker

    name = "Fenbridge General, emergency department"
    key_name = factory.Sequence(lambda n: f"general-{n}")
    public_key = factory.LazyFunction(public)
    contact = "Sister Obi, 01632 960 777"
    started_on = date(2026, 1, 1)
    recorded_by = factory.SubFactory(UserFactory)
