r"""Give somebody who works here a way to sign in.

For the first administrator of a new installation, who gives everybody else theirs from a page. The
password is asked for, or read from standard input where there is no screen; leave it out with
--single-sign-on for somebody who signs in through the council's own directory.

    hearth create-worker --email k.holt@council.gov.uk --name "Kezia Holt" --role administrator
    hearth create-worker --email m.ide@council.gov.uk --name "Mo Ide" --role social_worker \
        --role team_manager --single-sign-on
    hearth create-worker --list-roles
"""

import argparse
import getpass
import sys

from hearth.cli.main import OK
from hearth.cli.report import say
from hearth.lib.errors import CannotDo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and with which roles."""
    parser.add_argument("--email", help="the address they sign in with")
    parser.add_argument("--name", help="first name and family name")
    parser.add_argument("--role", action="append", default=[], help="a role; may be given again")
    parser.add_argument("--single-sign-on", action="store_true", help="give them no password")
    parser.add_argument("--list-roles", action="store_true", help="list the roles, and stop")


def run(args: argparse.Namespace) -> int:
    """Check what was given, and create them."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from hearth.accounts import actions
    from hearth.accounts.worker_context import acting_as

    if args.list_roles:
        return _list_roles()
    first, last = _checked(args)
    try:
        validate_email(args.email)
        password = None if args.single_sign_on else _password()
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise CannotDo(" ".join(error.messages)) from None
    with transaction.atomic():
        hearth = actions.system_worker()
        with acting_as(hearth):
            _refuse_known(args.email)
            worker = actions.create_worker(
                email=args.email,
                first_name=first,
                last_name=last,
                roles=args.role,
                password=password,
                by=hearth,
            )
    say(f"{worker} may sign in as {worker.email}")
    return OK


def _checked(args: argparse.Namespace) -> tuple[str, str]:
    from hearth.accounts.roles import STAFF

    if not (args.email and args.name and args.role):
        raise CannotDo("Give --email, --name and at least one --role: hearth create-worker --help")
    if unknown := [role for role in args.role if role not in set(STAFF)]:
        raise CannotDo(
            f"There is no role {', '.join(unknown)}. See hearth create-worker --list-roles"
        )
    first, _, last = args.name.strip().partition(" ")
    if not last:
        raise CannotDo("Give both names: --name 'Kezia Holt'")
    return first, last.strip()


def _refuse_known(email: str) -> None:
    from hearth.accounts.models import User

    if User.objects.filter(username=email.lower()).exists():
        raise CannotDo(f"Somebody signs in as {email.lower()} already. Nothing was changed")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    given = getpass.getpass("Password (at least 12 characters): ")
    if getpass.getpass("The same again: ") != given:
        raise CannotDo("The two were not the same. Nothing was changed")
    return given


def _list_roles() -> int:
    from hearth.accounts.roles import STAFF

    for role in STAFF:
        say(f"{role.value:<24}{role.label}")
    return OK
