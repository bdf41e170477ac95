"""Django's settings. What differs from one instance to another comes from its folder and two variables."""

from pathlib import Path
from urllib.parse import urlsplit

import environs

from tequio.kernel import instance
from tequio.kernel.errors import Refusal

_env = environs.Env()

DEBUG = False
# Where people reach this instance. Everything about hosts, cookies and passkeys follows from it.
SITE_URL = _env.str("TEQUIO_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = [_site.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# A throw-away instance of `tequio demo` has an open door, and says so on every page.
DEMO = _env.bool("TEQUIO_DEMO", default=False) and instance.is_demo()
# Before `tequio init` there is no key and nothing that would need one; an empty one is refused by whatever does.
SECRET_KEY = instance.read_secret("django.key") if instance.exists() else ""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.idp.oidc",
    "tequio.kernel.apps.KernelConfig",
    "tequio.kernel.journal.apps.JournalConfig",
    "tequio.kernel.runs.apps.RunsConfig",
    "tequio.kernel.mail.apps.MailConfig",
    "tequio.centers.apps.CentersConfig",
    "tequio.accounts.apps.AccountsConfig",
    "tequio.members.apps.MembersConfig",
    "tequio.decisions.apps.DecisionsConfig",
    "tequio.meetings.apps.MeetingsConfig",
    "tequio.ledger.apps.LedgerConfig",
    "tequio.dues.apps.DuesConfig",
    "tequio.dues.letters.apps.LettersConfig",
    "tequio.banking.apps.BankingConfig",
    "tequio.budgets.apps.BudgetsConfig",
    "tequio.followup.apps.FollowUpConfig",
    "tequio.paylink.apps.PayLinkConfig",
    "tequio.services.apps.ServicesConfig",
    "tequio.front.apps.FrontConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tequio.kernel.web.languages.languages",
    "tequio.accounts.middleware.viewers",
    "tequio.accounts.middleware.second_factor",
    "allauth.account.middleware.AccountMiddleware",
    "tequio.kernel.web.refusals.refusals",
]
ROOT_URLCONF = "tequio.project.urls"
WSGI_APPLICATION = "tequio.project.wsgi.application"
APPEND_SLASH = True

_topics = Path(__file__).parent.parent
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(_topics.glob("*/templates")) + sorted(_topics.glob("*/*/templates")),
        "OPTIONS": {
            "environment": "tequio.kernel.web.environment.environment",
            "context_processors": ["tequio.kernel.web.languages.spoken"],
        },
    },
    # Only for what the sign-in library renders by itself; every page a person sees is one of ours.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = instance.home() / "static"
STATICFILES_DIRS = [_topics / "kernel" / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # forms; files are counted apart, by whoever takes them

# Sign-in. Whoever can see other people's data needs a second factor (accounts/middleware.py).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tequio.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it the sign-in form asks no password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # accounts/adapters.py sends strangers nothing, but takes as long over it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}  # a phone's number pad types it
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords and codes: for one network address, and for one account in five minutes and in a day.
    "login_failed": "30/5m/ip,6/5m/key,40/d/key",
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    # All accounts together, which holds off guessing from many addresses (accounts/limits.py).
    "password_everywhere": "200/5m/key",
    "code_everywhere": "200/5m/key",
    "second_factor_everywhere": "200/5m/key",
    "code_asked_everywhere": "300/h/key",
}
ACCOUNT_FORMS = {
    "login": "tequio.accounts.sign_in_forms.SignInForm",
    "request_login_code": "tequio.accounts.sign_in_forms.AskForCodeForm",
    "confirm_login_code": "tequio.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "tequio.accounts.sign_in_forms.PasswordAgainForm",
    "change_password": "tequio.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "tequio.accounts.sign_in_forms.SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "tequio.accounts.second_factor_forms.SecondFactorForm",
    "reauthenticate": "tequio.accounts.second_factor_forms.SecondFactorAgainForm",
    "activate_totp": "tequio.accounts.second_factor_forms.FirstCodeForm",
    "add_webauthn": "tequio.accounts.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "tequio.accounts.second_factor_forms.NamePasskeyForm",
}
# Whoever serves over https stands behind one proxy of its own; only what that one says of an address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _site.scheme == "https" else 0
MFA_ADAPTER = "tequio.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever signs in by code has shown the address; others were invited to it
MFA_TOTP_ISSUER = "Tequio"
MFA_TOTP_TOLERANCE = 1  # clocks of old phones, slow typing; a used code stays used (accounts/second_factor_forms.py)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _site.scheme == "http"
# Sign-in for applications (services/signing_in). Short tokens: what ends here ends there soon, whatever it keeps.
IDP_OIDC_ADAPTER = "tequio.services.signing_in.adapter.Adapter"
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 15 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
IDP_OIDC_ROTATE_REFRESH_TOKEN = True
IDP_OIDC_INTROSPECTION_ENABLED = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.scheme == "https"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "tequio_session", "tequio_csrf"
CSRF_FAILURE_VIEW = "tequio.kernel.web.resending.token_refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _site.scheme == "https":
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Nothing from another host, no inline script, nobody frames us.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_BACKEND = "tequio.kernel.mail.backend.EmailBackend"

# A dues run confirmed on a page goes on in a thread of its own; inline only where there can be none.
RUNS_INLINE = False

# What counts tries and is shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django throws out a third at random beyond 300: counts of tries would be forgotten on purpose.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

try:
    DATABASES = {"default": _env.dj_db_url("TEQUIO_DATABASE_URL", default=instance.database_url())}
except (environs.EnvError, ValueError) as error:
    raise Refusal(
        en="TEQUIO_DATABASE_URL is not the address of a database. Write it like postgres://USER:PASSWORD@HOST/NAME.",
        es="TEQUIO_DATABASE_URL no es la dirección de una base de datos. Escríbala como "
        "postgres://USUARIO:CLAVE@SERVIDOR/NOMBRE.",
    ) from error
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes the lock when its transaction begins, and waits for it: with the deferred default, concurrent
    # writers fail at their first write. FULL, because these are people's payments: a commit survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
        # REPLACE deletes without a word unless triggers fire for it too.
        "PRAGMA recursive_triggers=ON;",
    }

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Queries here take milliseconds; compiling one takes a second.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Faults go to the log of whoever serves the site: no personal values are written there by the program itself.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR"}},
}
