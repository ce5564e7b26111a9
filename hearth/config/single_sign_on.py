"""Which service may say who somebody is."""

from urllib.parse import urlsplit

from hearth.lib.errors import CannotRun

# Addresses that answer for everybody's directory, not for the council's own.
ANYBODYS = {"common", "organizations", "consumers"}


def issuer(address: str) -> str:
    """The council's own service, from its address; refused when it would vouch for anybody.

    A directory shared by every organisation lets each write whatever email address it likes.
    """
    parts = urlsplit(address)
    if ANYBODYS & set(parts.path.lower().split("/")):
        raise CannotRun(
            "HEARTH_OIDC_ISSUER names a directory that anybody may be in. Give the address with the"
            " council's own directory in it, such as"
            " https://login.microsoftonline.com/DIRECTORY-ID/v2.0"
        )
    return address
