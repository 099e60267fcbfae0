"""Every setting of the portal, read from the environment and nowhere else.

With nothing set, the portal serves this machine only: SQLite, plain HTTP on
loopback addresses, a secret key made once and kept beside the database.
Naming a host in ALLOWED_HOSTS makes it a public installation: HTTPS, secure
cookies and HSTS go on, and what is then missing is an error that says so.
README.md lists every variable.
"""

import os
import secrets
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from commissioning_portal.logo import read_logo
from commissioning_portal.theme import luminance

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """Read one setting; set but empty counts as not set."""
    return os.environ.get(name) or default


def env_bool(name, default=False):
    """Read a yes-or-no setting: 1, true, yes, on or 0, false, no, off."""
    value = str(env(name, default)).lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"Set {name} to 1 or 0, not to “{value}”.")
    return value in {"1", "true", "yes", "on"}


def env_list(name):
    """Read a setting that lists several values, separated by commas."""
    return [item.strip() for item in env(name, "").split(",") if item.strip()]


def env_int(name, default):
    """Read a whole number."""
    try:
        return int(env(name, default))
    except ValueError:
        raise ImproperlyConfigured(
            f"Set {name} to a whole number, not to “{env(name)}”."
        ) from None


def env_colour(name, default):
    """Read a colour, written as # and six hexadecimal digits."""
    value = env(name, default)
    try:
        luminance(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"Set {name} anew: {error}") from None
    return value


def env_logo(name):
    """Read the path of the logo, a picture that can be shown; empty if not set."""
    if path := env(name, ""):
        try:
            read_logo(path)
        except ValueError as error:
            raise ImproperlyConfigured(f"Set {name} anew: {error}") from None
    return path


def kept_secret(folder):
    """Return the secret key kept in the data folder, making it the first time.

    Only this machine's user may read the file. Two processes that start at
    once agree: the one that comes second reads what the first wrote.
    """
    path = folder / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key


OF_EXAMPLES = ("insecure", "secret", "change", "password", "example", "replace")


def is_weak(key):
    """Tell a key that may be guessed: short, of few letters, one that repeats, words.

    What is random hardly packs: 50 random characters take over 40 bytes. It has
    digits or capitals among its small letters, and spells no word of examples.
    """
    steps = Counter(ord(b) - ord(a) for a, b in pairwise(key))
    kinds = (str.islower, str.isupper, str.isdigit)
    return (
        len(key) < 50
        or len(set(key)) < 8
        or len(zlib.compress(key.encode(), 9)) < 40
        or max(steps.values()) > len(key) // 3  # such as abcdef…
        or sum(any(map(kind, key)) for kind in kinds) < 2
        or any(word in key.lower() for word in OF_EXAMPLES)
    )


def keep_private(folder):
    """Make the data folder, if need be, and let no other user of the machine read it.

    What this process writes from here on is its user's alone: the database, its
    log, mail in files, attachments.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    for kept in (*folder.glob("*.sqlite3*"), folder / "mail"):
        if kept.exists() and kept.stat().st_uid == os.getuid():
            kept.chmod(0o700 if kept.is_dir() else 0o600)


# Which installation this is

DEBUG = env_bool("DEBUG")
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
PUBLIC_HOSTS = env_list("ALLOWED_HOSTS")
PUBLIC = bool(PUBLIC_HOSTS)
ALLOWED_HOSTS = PUBLIC_HOSTS + LOOPBACK

if PUBLIC:
    needed = ("SECRET_KEY", "PORTAL_ORIGIN", "PORTAL_CONTACT_EMAIL", "EMAIL_HOST")
    if missing := [name for name in needed if not env(name)]:
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS names a public host, so {', '.join(missing)} must be "
            "set too. README.md lists every variable under “Settings”. Unset "
            "ALLOWED_HOSTS to serve this machine only."
        )
    keys = [env("SECRET_KEY"), *env_list("SECRET_KEY_FALLBACKS")]
    if any(map(is_weak, keys)):
        raise ImproperlyConfigured(
            "SECRET_KEY, or a key in SECRET_KEY_FALLBACKS, may be guessed, and who has "
            "it can sign in as anybody. Set at least 50 random characters, such as "
            'python -c "import secrets; print(secrets.token_urlsafe(50))" prints.'
        )
    if DEBUG:
        raise ImproperlyConfigured(
            "DEBUG shows settings and source to everybody who meets an error. "
            "Unset DEBUG, or unset ALLOWED_HOSTS to serve this machine only."
        )

DATA_DIR = Path(env("PORTAL_DATA", BASE_DIR / ".data"))
keep_private(DATA_DIR)
# The demo command leaves this file where it has loaded its fictional people.
PORTAL_DEMO = env_bool("PORTAL_DEMO", (DATA_DIR / "demonstration").exists())
SECRET_KEY = env("SECRET_KEY") or kept_secret(DATA_DIR)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")

PORTAL_NAME = env("PORTAL_NAME", "Commissioning Portal")
PORTAL_OWNER = env("PORTAL_OWNER", "the body that runs this portal")
PORTAL_ORIGIN = env("PORTAL_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
PORTAL_CONTACT_EMAIL = env("PORTAL_CONTACT_EMAIL", "portal@localhost")
EMBED_ANCESTORS = env_list("EMBED_ANCESTORS")  # sites that may frame a card
SECURITY_CONTACT = env("SECURITY_CONTACT", PORTAL_CONTACT_EMAIL)
PORTAL_COLOUR = env_colour("PORTAL_COLOUR", "#1d4f76")
PORTAL_LOGO = env_logo("PORTAL_LOGO")
AREA_OUTLINES = env("AREA_OUTLINES", DATA_DIR / "outlines.geojson")
OCID_PREFIX = env(
    "OCID_PREFIX", "ocds-portal"
)  # register one: standard.open-contracting.org

# Django

INSTALLED_APPS = [
    "consultations",
    "commissions",
    "commissioning_portal",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "commissioning_portal.middleware.BodyLimitMiddleware",
    "commissioning_portal.middleware.ContentSecurityPolicyMiddleware",
    "commissioning_portal.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "commissioning_portal.languages.middleware.LanguageMiddleware",
    "commissioning_portal.middleware.PlainTextMiddleware",
    "commissioning_portal.middleware.CostlyPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "commissioning_portal.middleware.PlainFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "commissioning_portal.staff_trail.middleware.StaffTrailMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "commissioning_portal.urls"
WSGI_APPLICATION = "commissioning_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "commissioning_portal.languages.loader.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commissioning_portal.context.portal",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_REDIRECT_URL = "admin:index"  # only staff sign in
AUTHENTICATION_BACKENDS = ["commissions.desk.permissions.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds

# Words and time

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "commissioning_portal" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does; delete on upgrade

# Where things are kept

SQLITE_URL = f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"
DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL", SQLITE_URL),
        conn_max_age=env_int("CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # Measured: without IMMEDIATE and WAL, one write in three is "locked" when
    # eight processes write at once; with them, none. FULL keeps the last commits
    # through a power cut and costs 16 per cent; recursive_triggers lets the guards
    # of the record see what REPLACE deletes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA recursive_triggers=ON;"
        "PRAGMA busy_timeout=20000;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA secure_delete=ON;",
    }

MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
MANY = {"LOCATION": "notices", "OPTIONS": {"MAX_ENTRIES": 20_000}}
CACHES = {"default": MEMORY, "notices": MEMORY | MANY}  # what each commission owes
if redis_url := env("REDIS_URL"):
    redis = "django.core.cache.backends.redis.RedisCache"
    CACHES = {name: {"BACKEND": redis, "LOCATION": redis_url} for name in CACHES}

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Mail

EMAIL_HOST = env("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = env_int("EMAIL_TIMEOUT", 20)  # seconds of silence
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", PORTAL_CONTACT_EMAIL)
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# Safe by default

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000) if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC and env_bool("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = PUBLIC and env_bool("HSTS_PRELOAD", True)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
if PUBLIC:
    # A web server or CDN in front ends the TLS and must set this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
COMMENTS_PER_NETWORK = env_int("COMMENTS_PER_NETWORK", 60)  # an hour
COMMENTS_PER_ADDRESS = env_int("COMMENTS_PER_ADDRESS", 10)  # an hour
WORD_MAX_MB = env_int("WORD_MAX_MB", 10)
WORD_MAX_SECTIONS = env_int("WORD_MAX_SECTIONS", 400)
MARKDOWN_MAX_CHARACTERS = env_int("MARKDOWN_MAX_CHARACTERS", 300_000)
# What one request may send, refused by its stated length before any of it is read:
# three files of 10 MB with a comment. The server in front has the same limit.
BODY_MAX_MB = env_int("BODY_MAX_MB", 40)
LONG_BODIES_PER_NETWORK = env_int("LONG_BODIES_PER_NETWORK", 120)  # an hour
# Pages that take longest to make: so many at once on one machine, the others are told
# to come back. The server in front lets one network ask for them once a second.
COSTLY_PAGES = r"(/compare/|/print/|\.pdf$|\.docx$|\.xlsx$|\.csv$|\.json$)"
COSTLY_AT_ONCE = env_int("COSTLY_AT_ONCE", 2)
# A response with 10,000 characters on each of 400 sections, without its files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
# The page that matches the sections of two versions has five boxes for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
HOLDER_CONFIRM_DAYS = env_int("HOLDER_CONFIRM_DAYS", 180)
BACKUPS_KEPT_DAYS = env_int("BACKUPS_KEPT_DAYS", 35)  # as the privacy page promises
# How many proxies add to X-Forwarded-For: the throttle reads the address that
# the outermost of them saw.
PROXIES_IN_FRONT = env_int("PROXIES_IN_FRONT", 1 if PUBLIC else 0)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {  # named and shaped as in Django 6, whose middleware replaces ours
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
PERMISSIONS_POLICY = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}

# Logs: one JSON object a line, without query strings, bodies or addresses

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"in_short": {"()": "commissioning_portal.logs.InShort"}},
    "formatters": {
        "json": {"()": "commissioning_portal.logs.JsonFormatter"},
        "plain": {
            "()": "commissioning_portal.logs.PlainFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env("LOG_FORMAT", "json"),
            "level": env("LOG_LEVEL", "INFO"),  # whatever a logger's own is
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Whoever knocks with a wrong Host: a line of this much, and no traceback.
        "django.security.DisallowedHost": {"filters": ["in_short"]},
        "weasyprint.progress": {"level": "WARNING"},  # a line for each step of a PDF
    },
}
