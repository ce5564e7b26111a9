"""What is done to accounts, sessions and notices. Every write in this room is here, by subject."""

from hearth.accounts.actions.own import read_notice, sign_out_everywhere
from hearth.accounts.actions.roles import decide_roles, give_roles, request_roles
from hearth.accounts.actions.workers import (
    SYSTEM_USERNAME,
    change_worker,
    create_worker,
    deactivate_worker,
    end_account,
    issue_password_link,
    reactivate_worker,
    reset_second_factor,
    system_worker,
)

__all__ = [
    "SYSTEM_USERNAME",
    "change_worker",
    "create_worker",
    "deactivate_worker",
    "decide_roles",
    "end_account",
    "give_roles",
    "issue_password_link",
    "reactivate_worker",
    "read_notice",
    "request_roles",
    "reset_second_factor",
    "sign_out_everywhere",
    "system_worker",
]
