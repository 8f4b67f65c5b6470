"""Settings, each read once from the environment, each with a default that suits a laptop.

LINLI_HOME         files, keys, the default database (./var)
DATABASE_URL       sqlite:///… or postgres://… (SQLite in LINLI_HOME)
LINLI_SECRET_KEY   signs sessions; made and kept in LINLI_HOME when absent
LINLI_MASTER_KEY_FILE  wraps the keys of sealed fields; made and kept in LINLI_HOME/keys when absent.
                   That folder belongs in no dated backup: docs/decisions/0010 says why, and what to do
LINLI_HOSTS        host names served, separated by commas (localhost and 127.0.0.1)
LINLI_DEBUG        1 shows error pages to developers (0)
LINLI_DEMO         1 shows the demo's staff logins on the sign-in page (0)
LINLI_HTTPS        1 when served over HTTPS: secure cookies, strict transport (0)
LINLI_LOG          json or plain (plain)
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
import django.conf.locale
from csp.constants import SELF

from linli.kernel.logs import logging_config
from linli.ui import languages

ROOT = Path(__file__).resolve().parent.parent


def _switch(name: str) -> bool:
    return os.environ.get(name, "0") == "1"


HOME = Path(os.environ.get("LINLI_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return the key from the environment, else one made once and kept readable by us alone."""
    if given := os.environ.get("LINLI_SECRET_KEY"):
        return given
    kept = HOME / "secret_key"
    try:
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text()


# What opens sealed fields. Outside the database and its dumps, so that a destroyed key stays destroyed.
KEYS = HOME / "keys"
_master_key_file = os.environ.get("LINLI_MASTER_KEY_FILE")
MASTER_KEY_FILE = Path(_master_key_file).resolve() if _master_key_file else None

DEBUG = _switch("LINLI_DEBUG")
DEMO = _switch("LINLI_DEMO")
HTTPS = _switch("LINLI_HTTPS")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    # Ours first: their templates stand in place of those of the same name further down.
    "linli.portal",
    "linli.ui",
    "linli.kernel",
    "linli.directory",
    "linli.facts",
    "linli.cases",
    "linli.plans",
    "linli.reports",
    "linli.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "linli.kernel.middleware.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.kernel.middleware.refuse_politely",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "linli.ui.rendering.FormRenderer"


def _database() -> dict[str, Any]:
    default = f"sqlite:///{HOME / 'linli.sqlite3'}"
    database: dict[str, Any] = dict(
        dj_database_url.config(default=default, conn_max_age=None, conn_health_checks=True)
    )
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE takes the write lock when a transaction begins: with DEFERRED, two readers that
        # both turn writer fail at once, whatever the timeout.
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        # Compiling a query of the ledger takes ten times as long as answering it.
        options |= {"options": "-c jit=off"}
    return database


DATABASES = {"default": _database()}

AUTH_USER_MODEL = "kernel.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "linli.kernel.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:console"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = languages.CHOICES
django.conf.locale.LANG_INFO |= languages.lang_info()
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING_CONFIG = "linli.kernel.logs.configure"
LOGGING = logging_config(json_lines=os.environ.get("LINLI_LOG") == "json")
