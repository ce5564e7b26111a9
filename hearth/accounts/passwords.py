"""Getting a link to choose a password to the worker it is for."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from hearth.accounts.models import User

SUBJECT = "account/email/password_reset_key_subject.txt"
MESSAGE = "account/email/password_reset_key_message.txt"


def hand_over(worker: User, link: str) -> str:
    """Send the link to the worker's own address, or give it back to be handed over.

    Where there is email the administrator never sees the link.
    """
    if not settings.EMAIL_CONFIGURED:
        return link
    context = {"user": worker, "password_reset_url": link}
    subject = render_to_string(SUBJECT, context).strip()
    send_mail(subject, render_to_string(MESSAGE, context), None, [worker.email])
    return ""
