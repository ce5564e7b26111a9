"""Signing in, for the tests of it."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from hearth.accounts.models import TrailEvent

PASSWORD = "correct horse battery staple"

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client, password=PASSWORD, email="amara@fenbridge.example", **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return client.get(reverse("desk:home")).status_code == 200


def told():
    events = TrailEvent.objects.filter(kind="sign_in").order_by("pk")
    return [event.what for event in events]


def code_now(offset=0, secret=SECRET):
    counter = int(time.time()) // 30 + offset
    return format_hotp_value(hotp_value(secret, counter))
