"""Settings: one file, read from the environment, the same in every place."""

import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from hearth.config import postgres, single_sign_on
from hearth.design.kept import let_keeper_serve

ROOT = postgres.ROOT
LOCAL = postgres.local_folder()


def _secret() -> str:
    """The secret key: configured, or made once and kept in the local folder."""
    if "SECRET_KEY" in os.environ:
        return os.environ["SECRET_KEY"]
    kept = LOCAL / "secret-key"
    if not kept.exists():
        LOCAL.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _on(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).lower() in {"1", "yes", "true", "on"}


SECRET_KEY = _secret()
DEBUG = _on("HEARTH_DEBUG")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "hearth.design",
    "hearth.accounts",
    # After our own room, whose templates stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "hearth.people",
    "hearth.workforce",
    "hearth.records",
    "hearth.casework",
    "hearth.plans",
    "hearth.front_door",
    "hearth.assessments",
    "hearth.family_help",
    "hearth.protection",
    "hearth.supervision",
    "hearth.quality",
    "hearth.returns",
    "hearth.api",
    "hearth.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearth.accounts.middleware.SessionLimitsMiddleware",
    "hearth.accounts.middleware.SignedInMiddleware",
    "hearth.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hearth.accounts.middleware.RefusalMiddleware",
    "hearth.design.middleware.CannotDoMiddleware",
]

ROOT_URLCONF = "hearth.config.urls"
WSGI_APPLICATION = "hearth.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "hearth.design.forms.DesignRenderer"
CSRF_FAILURE_VIEW = "hearth.design.views.form_expired"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

DATABASES = postgres.databases(SECRET_KEY)
DATABASE_ROUTERS: list[str] = []
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hearth_cache",
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

STATIC_URL = "static/"
STATIC_ROOT = LOCAL / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = let_keeper_serve
DOCUMENTS = Path(os.environ.get("HEARTH_DOCUMENTS", LOCAL / "documents"))
# All that may be sent at once: the largest return, and a little for what stands round it.
UPLOAD_LIMIT = 501 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "hearth.design.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DOCUMENT_LIMIT = int(os.environ.get("HEARTH_DOCUMENT_MB", "25")) * 1024 * 1024
# A council's own letters and letterhead, in place of Hearth's (docs/operations.md).
LETTERS = Path(os.environ["HEARTH_LETTERS"]) if os.environ.get("HEARTH_LETTERS") else None
# The age at which a child's copy should be easy to read.
READING_AGE = float(os.environ.get("HEARTH_READING_AGE", "9"))
# Where clamd listens, as host:port or unix:/path; empty when there is none.
CLAMD = os.environ.get("HEARTH_CLAMD", "")
CLAMD_TIMEOUT = float(os.environ.get("HEARTH_CLAMD_TIMEOUT", "20"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _on("HEARTH_TLS")
if _on("HEARTH_TLS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

# What goes wrong is said on standard error, without the rows it went wrong with.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "hearth.config.logs.WithoutRows",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # What is not found or refused is in the trail, where it is of use.
        "django.request": {"level": "ERROR"},
    },
}

# The authority whose service this is. The code is the Department's; the area's is the statistical
# one, as E06000001, by which lists of postcodes and of providers name an authority.
AUTHORITY_NAME = os.environ.get("HEARTH_AUTHORITY", "Fenbridge Borough Council")
# Whom another service rings where a child has no worker with a telephone.
DUTY_TELEPHONE = os.environ.get("HEARTH_DUTY_TELEPHONE", "01632 960 000")
AUTHORITY_CODE = os.environ.get("HEARTH_AUTHORITY_CODE", "399")
AUTHORITY_AREA = os.environ.get("HEARTH_AUTHORITY_AREA", "")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["hearth.accounts.backends.WorkerBackend"]

# How long a worker stays signed in, in seconds: doing nothing, and in all.
IDLE_SESSION = 60 * int(os.environ.get("HEARTH_IDLE_MINUTES", "30"))
LONGEST_SESSION = 3600 * int(os.environ.get("HEARTH_LONGEST_HOURS", "12"))
SESSION_COOKIE_AGE = LONGEST_SESSION
PASSWORD_RESET_TIMEOUT = 24 * 3600
REQUIRE_SECOND_FACTOR = _on("HEARTH_REQUIRE_SECOND_FACTOR")
# Or of some roles only, by key: HEARTH_SECOND_FACTOR_ROLES=administrator,caldicott
SECOND_FACTOR_ROLES = [
    role.strip() for role in os.environ.get("HEARTH_SECOND_FACTOR_ROLES", "").split(",") if role
]

ACCOUNT_ADAPTER = "hearth.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "hearth.accounts.forms.SignInForm",
    "reauthenticate": "hearth.accounts.forms.ConfirmForm",
    "change_password": "hearth.accounts.forms.ChangePasswordForm",
    "reset_password": "hearth.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "hearth.accounts.forms.NewPasswordForm",
}
# Five wrong passwords for one login; many more from one address, for a council may have but one.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/15m/key",
    "reset_password": "60/m/ip,3/15m/key",
    "reset_password_from_key": "60/m/ip",
    "reauthenticate": "20/m/user",
}
# Looks and saves of agencies' reports. A hospital may have but one address for all who write.
AGENCY_REPORT_RATE = "300/m/ip"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HEARTH_PROXIES", "0"))

MFA_ADAPTER = "hearth.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code is taken for half a minute either side, for a phone whose clock is a little out.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "hearth.accounts.forms.CodeForm",
    "reauthenticate": "hearth.accounts.forms.ConfirmCodeForm",
    "activate_totp": "hearth.accounts.forms.StartAppForm",
    "add_webauthn": "hearth.accounts.forms.AddKeyForm",
    "edit_webauthn": "hearth.accounts.forms.RenameKeyForm",
}

# Single sign-on with the council's own service, when HEARTH_OIDC_ISSUER names it.
OIDC_DOMAIN = os.environ.get("HEARTH_OIDC_DOMAIN", "").lower().lstrip("@")
OIDC_SECOND_FACTOR = _on("HEARTH_OIDC_SECOND_FACTOR")
SOCIALACCOUNT_ADAPTER = "hearth.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if os.environ.get("HEARTH_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sign-in",
            "name": os.environ.get("HEARTH_OIDC_NAME", "Sign in with your council account"),
            "client_id": os.environ.get("HEARTH_OIDC_CLIENT_ID", ""),
            "secret": os.environ.get("HEARTH_OIDC_CLIENT_SECRET", ""),
            "settings": {
                "server_url": single_sign_on.issuer(os.environ["HEARTH_OIDC_ISSUER"]),
                "oauth_pkce_enabled": True,
            },
        }
    ]

# Without a mail server, links to choose a password are handed over by the administrator.
EMAIL_HOST = os.environ.get("HEARTH_EMAIL_HOST", "")
EMAIL_CONFIGURED = bool(EMAIL_HOST)
EMAIL_PORT = int(os.environ.get("HEARTH_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("HEARTH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HEARTH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _on("HEARTH_EMAIL_TLS", "1")
DEFAULT_FROM_EMAIL = os.environ.get("HEARTH_EMAIL_FROM", "hearth@localhost")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Each model says how it is kept (hearth.accounts.history), so there is no default tracking.
PGHISTORY_APPEND_ONLY = False
