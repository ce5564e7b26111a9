"""The addresses of signing in, one's own account, notices, accounts and the trail.

The sign-in library's pages are written out one by one, under its own names: those left out (making
an account, changing an email address) are not to be reached at all.
"""

from allauth.account import views as sign_in
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app_codes
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as single
from allauth.socialaccount.providers.openid_connect import views as connect
from django.urls import URLPattern, URLResolver, include, path, re_path

from hearth.accounts.views import notices, own, workers

library: list[URLPattern] = [
    path("sign-in/", own.sign_in_page, name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("closed/", sign_in.account_inactive, name="account_inactive"),
    path("confirm/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/", sign_in.password_change, name="account_change_password"),
    path("password/none/", own.no_password, name="account_set_password"),
    path("password/forgotten/", own.reset_password, name="account_reset_password"),
    path("password/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/set/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", factor.index, name="mfa_index"),
    path("second-factor/code/", factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", app_codes.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/stop/", app_codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("council/<str:provider_id>/", connect.login, name="openid_connect_login"),
    path("council/<str:provider_id>/back/", connect.callback, name="openid_connect_callback"),
    path("stopped/", single.login_cancelled, name="socialaccount_login_cancelled"),
]

ours: list[URLPattern] = [
    path("", own.account, name="account"),
    path("sign-out-everywhere/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("session/", own.session, name="session"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice_id>/read/", notices.read_notice, name="read_notice"),
    path("workers/", workers.workers, name="workers"),
    path("workers/new/", workers.create_worker, name="create_worker"),
    path("workers/<int:user_id>/", workers.worker, name="worker"),
    path("workers/<int:user_id>/change/", workers.change_worker, name="change_worker"),
    path("workers/<int:user_id>/roles/", workers.give_roles, name="give_roles"),
    path("workers/<int:user_id>/roles/ask/", workers.request_roles, name="request_roles"),
    path("workers/<int:user_id>/close/", workers.deactivate_worker, name="deactivate_worker"),
    path("workers/<int:user_id>/open/", workers.reactivate_worker, name="reactivate_worker"),
    path(
        "workers/<int:user_id>/second-factor/",
        workers.reset_second_factor,
        name="reset_second_factor",
    ),
    path(
        "workers/<int:user_id>/password/", workers.issue_password_link, name="issue_password_link"
    ),
    path("roles/", workers.role_requests, name="role_requests"),
    path("roles/<int:rolerequest_id>/", workers.decide_roles, name="decide_roles"),
    path("sign-ins/", workers.sign_ins, name="sign_ins"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((ours, "accounts"))),
    *library,
]
