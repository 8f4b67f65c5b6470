"""Settings, each read once from the environment, each with a default that suits a laptop.

LINLI_HOME         files, keys, the default database (./var)
LINLI_CELL         which of several cells this is: a schema of the database, a folder in LINLI_HOME/cells (none)
DATABASE_URL       sqlite:///… or postgres://… (SQLite in LINLI_HOME)
LINLI_REPLICA_URL  a standby of it, where public pages are read (none); passed by when it is
                   further behind than LINLI_REPLICA_SECONDS (10)
LINLI_STATEMENT_SECONDS, LINLI_LOCK_SECONDS, LINLI_IDLE_SECONDS  on PostgreSQL, how long a page waits for one answer,
                   for a lock, and may leave a transaction open (30, 3, 120)
LINLI_WORK_SECONDS the same for one statement of a command, which waits twenty times as long for a lock (3600)
LINLI_POOL         connections of one process that serves; 0 keeps one for each thread (as many as threads)
LINLI_SERVES       how many threads this process serves pages with: `linli serve` says it (0: a command)
LINLI_WAITING      how many may wait for one of them: `linli serve` says it (256)
LINLI_SECRET_KEY   signs sessions; made and kept in LINLI_HOME when absent
LINLI_MASTER_KEY_FILE  wraps the keys of sealed fields; made and kept in LINLI_HOME/keys when absent.
                   That folder belongs in no dated backup: docs/decisions/0010 says why, and what to do
LINLI_HOSTS        host names served, separated by commas (localhost and 127.0.0.1)
LINLI_DEBUG        1 shows error pages to developers (0)
LINLI_DEMO         1 shows the demo's staff logins on the sign-in page (0)
LINLI_HTTPS        1 behind a proxy that serves HTTPS and tells so (X-Forwarded-Proto, -For) (0)
LINLI_SECOND_FACTOR  0 lets staff in by password alone (1, in the demo 0)
LINLI_SMTP_URL     the mail server: smtp://, smtp+tls:// or smtps://, user:password@host:port (none: no e-mail)
LINLI_MAIL_FROM    whom e-mail comes from (linli@ the first host name)
LINLI_SMS_URL      where SMS are handed in: docs/messages.md has the contract (none: no SMS)
LINLI_LOG          json or plain (plain)
LINLI_LOG_ORIGIN   the look log's name, which its key keeps for ever (the first host name and /log)
LINLI_REPORTING_ORG  who publishes money in IATI's files: a unified social credit code, a space, the name (none: no files)
LINLI_WITNESSES    who cosigns the look log: vkey@address, separated by spaces (none)
"""

import os
import secrets
from pathlib import Path

import django.conf.locale
from csp.constants import SELF

from linli.config.database import databases
from linli.kernel.cells import naming
from linli.kernel.logs import logging_config
from linli.kernel.mail_server import mail_server
from linli.ui import languages

ROOT = Path(__file__).resolve().parent.parent


def _switch(name: str) -> bool:
    return os.environ.get(name, "0") == "1"


CELL = naming.named(os.environ.get("LINLI_CELL", ""))
HOME = naming.home(Path(os.environ.get("LINLI_HOME", "var")).resolve(), CELL)
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return the key from the environment, else one made once and kept readable by us alone."""
    if given := os.environ.get("LINLI_SECRET_KEY"):
        return naming.own_secret(given, CELL)
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
MASTER_KEY_FILE = (
    naming.own_file(Path(_master_key_file).resolve(), CELL) if _master_key_file else None
)

DEBUG = _switch("LINLI_DEBUG")
DEMO = _switch("LINLI_DEMO")
HTTPS = _switch("LINLI_HTTPS")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
LOG_ORIGIN = os.environ.get("LINLI_LOG_ORIGIN") or f"{ALLOWED_HOSTS[0].lstrip('*.')}/log"
# The demo's code is nobody's: eight digits of a place, nine noughts, the check character.
_demo_org = "11620200000000000N 嘉峪关市人民政府（演示）" if DEMO else ""
REPORTING_ORG = os.environ.get("LINLI_REPORTING_ORG") or _demo_org
WITNESSES = os.environ.get("LINLI_WITNESSES", "").split()

INSTALLED_APPS = [
    # Ours first: their templates stand in place of those of the same name further down.
    *("linli.portal", "linli.ui", "linli.kernel", "linli.directory", "linli.facts"),
    *("linli.cases", "linli.assessments", "linli.offers", "linli.funds", "linli.plans"),
    *("linli.trace", "linli.atlas", "linli.reports", "linli.demo"),
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
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "linli.kernel.middleware.log_requests",
    *("linli.kernel.https.bind_cookies", "linli.kernel.middleware.deny_sensors"),
    *("django.middleware.security.SecurityMiddleware", "linli.kernel.https.only_https"),
    "linli.offers.views.rush.turn_away",
    *("linli.ui.wording.in_force.follow", "linli.ui.kept.keep_pages"),
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.kernel.middleware.turn_away",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.kernel.sessions.end_unused",
    *("linli.kernel.middleware.keep_private", "linli.ui.first_view.open_first"),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.kernel.middleware.refuse_politely",
]

FOR_PROGRAMS = ("/api/", "/hsds/", "/open311/", "/exchange/", "/epcis/", "/mcp")  # no pages
IN_ANY_LANGUAGE = ("/q/",)  # a code on goods names no language: its page has the reader's
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


DATABASES = databases(HOME, CELL)
DATABASE_ROUTERS = ["linli.kernel.replica.Router"] if "replica" in DATABASES else []
REPLICA_SECONDS = float(os.environ.get("LINLI_REPLICA_SECONDS", "10"))

AUTH_USER_MODEL = "kernel.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
_hashers = "django.contrib.auth.hashers"
PASSWORD_HASHERS = [f"{_hashers}.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in {"MinimumLength": {"min_length": 12}, "CommonPassword": {}}.items()
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "linli.kernel.passwords.NotGuessedFirst", "OPTIONS": {}})
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; a browser that is closed ends it before
ACCOUNT_ADAPTER = "linli.kernel.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # kernel.limits counts
SECOND_FACTOR = os.environ.get("LINLI_SECOND_FACTOR", "0" if DEMO else "1") == "1"
MFA_ADAPTER = "linli.kernel.second_factor.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: telephones' clocks differ
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "portal:console"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = languages.CHOICES
django.conf.locale.LANG_INFO |= languages.lang_info()
LOCALE_PATHS = [HOME / "locale", ROOT / "locale"]  # the house's own words first
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20, 12 * 2**20

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
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Programs are not led to HTTPS but refused (kernel.https); what describes their addresses is a page.
SECURE_REDIRECT_EXEMPT = ["^health$", "^(api|hsds|open311|exchange|epcis|mcp)(/.|$)"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is for the owner of the domain to decide

EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = (
    mail_server(os.environ.get("LINLI_SMTP_URL", ""))
)
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_MAIL_FROM", f"linli@{ALLOWED_HOSTS[0].lstrip('*.')}")
SMS_URL = os.environ.get("LINLI_SMS_URL", "")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING_CONFIG = "linli.kernel.logs.configure"
LOGGING = logging_config(json_lines=os.environ.get("LINLI_LOG") == "json")
