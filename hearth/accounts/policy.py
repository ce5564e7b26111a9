"""Policies: who may do what, declared once and used by pages, buttons, documents and tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from hearth.accounts.models import User
from hearth.accounts.roles import Role

S = TypeVar("S", bound=models.Model | None)

NOT_YOUR_ROLE = "Your role does not allow this"


@dataclass(frozen=True, slots=True)
class Policy(Generic[S]):
    """Which roles may do something, and what else must be true.

    `subject` is the model of the record it is done to; None for a thing done to no record, such as
    searching.
    """

    key: str
    title: str
    subject: type[Any] | None
    roles: Sequence[Role]
    objections: Callable[[User, S], Iterator[str]]

    def refusals(self, user: User, subject: S) -> list[str]:
        """Why this worker may not, in words they can be shown. Empty if they may."""
        if not user.has_role(*self.roles):
            return [NOT_YOUR_ROLE]
        return list(self.objections(user, subject))

    def allows(self, user: User, subject: S) -> bool:
        """Whether this worker may."""
        return not self.refusals(user, subject)

    def require(self, user: User, subject: S) -> None:
        """Stop here, with the reasons, unless this worker may."""
        if reasons := self.refusals(user, subject):
            raise PermissionDenied(". ".join(reasons))


POLICIES: dict[str, Policy[Any]] = {}


def policy(
    title: str, *, subject: type[models.Model] | None, roles: Sequence[Role]
) -> Callable[[Callable[[User, Any], Iterator[str]]], Policy[Any]]:
    """Declare a policy. The function below yields each further reason to refuse."""

    def declare(objections: Callable[[User, Any], Iterator[str]]) -> Policy[Any]:
        app = objections.__module__.split(".")[1]
        declared: Policy[Any] = Policy(
            f"{app}.{objections.__name__}", title, subject, tuple(roles), objections
        )
        if declared.key in POLICIES:
            raise ValueError(f"{declared.key} is declared twice")
        POLICIES[declared.key] = declared
        return declared

    return declare
