"""Every setting of the site, from the environment: secure by default, refusing half a configuration.

Without any variable the site runs on the PostgreSQL that ships with it, for this machine alone. DATABASE_URL
makes it an installation, which has to name its SECRET_KEY and its ALLOWED_HOSTS and speaks HTTPS.
"""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from portal import embedded, environment, places

BASE = Path(__file__).resolve().parent.parent
VAR = Path(environment.text("PLACARD_VAR", str(BASE / "var"))).resolve()

# -- which installation is this? -------------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False)
OWNER_DATABASE = environment.database("DATABASE_URL")
PUBLIC_DATABASE = environment.database("PUBLIC_DATABASE_URL")
OFFICE_DATABASE = environment.database("OFFICE_DATABASE_URL")
# The web process serves as the role placard_office; commands own the tables. See portal/wsgi.py.
SERVING = environment.text("PLACARD_CONNECT_AS", "owner") == "office"
EMBEDDED = not (OWNER_DATABASE or (SERVING and OFFICE_DATABASE and PUBLIC_DATABASE))

if EMBEDDED and (PUBLIC_DATABASE or OFFICE_DATABASE):
    raise ImproperlyConfigured(
        "PUBLIC_DATABASE_URL or OFFICE_DATABASE_URL is set and DATABASE_URL is not. Set DATABASE_URL to the "
        "owner of the same database (a web process with both others needs none), or unset them all."
    )
if EMBEDDED:
    try:
        OWNER_DATABASE = embedded.connection(embedded.place(VAR))
    except embedded.EmbeddedError as problem:
        raise ImproperlyConfigured(str(problem)) from None

# For this machine alone: the embedded server, or `make demo` and `make test` with a server of one's own.
LOCAL = EMBEDDED or DEBUG or environment.flag("PLACARD_LOCAL", default=False)

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if not LOCAL:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to 50 or more random characters and keep it: sessions and "
            "password links are signed with it. One way: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    SECRET_KEY = places.kept(VAR / "secret_key", lambda: secrets.token_urlsafe(50))

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    if not LOCAL:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. Set it to the host names of the portal, separated by commas: "
            "ALLOWED_HOSTS=ratings.example.org"
        )
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# -- the authority's own ---------------------------------------------------------------------------

PLACARD_NAME = environment.text("PLACARD_NAME", "Placard")

# Who runs the portal, how to reach them, under which licence the records are, and whom to complain to about
# accessibility: words that the pages show; without them the pages say that they are not named.
PLACARD_OPERATOR = environment.text("PLACARD_OPERATOR")
PLACARD_CONTACT = environment.text("PLACARD_CONTACT")
PLACARD_LICENCE = environment.text("PLACARD_LICENCE")
PLACARD_ENFORCEMENT = environment.text("PLACARD_ENFORCEMENT")
PLACARD_SCHEMES_DIR = environment.folder("PLACARD_SCHEMES_DIR")
PLACARD_RULES_DIR = environment.folder("PLACARD_RULES_DIR")
PLACARD_MAPPINGS_DIR = environment.folder("PLACARD_MAPPINGS_DIR")
# Pictures under the map, from another host or this one; without them the map is drawn on plain paper.
PLACARD_TILES = environment.text("PLACARD_TILES")
PLACARD_TILES_ATTRIBUTION = environment.text("PLACARD_TILES_ATTRIBUTION")
# An import that would take more of the register away, or change more of it, stops until somebody confirms it.
PLACARD_MOST_VANISHED = environment.share("PLACARD_MOST_VANISHED", 0.05)
PLACARD_MOST_CHANGED = environment.share("PLACARD_MOST_CHANGED", 0.25)

# -- databases -------------------------------------------------------------------------------------

OFFICE_DATABASE = OFFICE_DATABASE or environment.as_role(OWNER_DATABASE, "placard_office")
PUBLIC_DATABASE = PUBLIC_DATABASE or environment.as_role(OWNER_DATABASE, "placard_public")
# Public pages read the views of schema `disclosed`, nothing else, and nobody waits longer than five seconds.
PUBLIC_DATABASE = environment.with_session(
    PUBLIC_DATABASE,
    search_path="disclosed",
    default_transaction_read_only="on",
    statement_timeout="5s",
    idle_in_transaction_session_timeout="30s",
    work_mem="32MB",
    jit="off",
    max_parallel_workers_per_gather="0",
)


def _django(connection: dict) -> dict:
    options = {"connect_timeout": 5} | connection.get("OPTIONS", {})
    kept_open = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return {"ENGINE": "django.db.backends.postgresql"} | kept_open | connection | {"OPTIONS": options}


DATABASES = {
    "default": _django(OFFICE_DATABASE if SERVING else OWNER_DATABASE),
    "public": _django(PUBLIC_DATABASE) | {"TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- the application -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "records",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "leaflet",
]
MIDDLEWARE = [
    "records.publication.shelf.shelf",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portal.middleware.permissions_policy",
    "portal.middleware.errors_are_kept_by_nobody",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.languages.language",
    "portal.middleware.OfficeSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.OfficeAuthentication",
    "portal.middleware.OfficeMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    },
]

# Public pages as they were made last. A shared cache may stand in its place: wherever they lie, those of an
# old edition are never used.
CACHES = {
    # The parts of the frame that are the same on every page; made anew each time while debugging.
    "default": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache"
        if DEBUG
        else "django.core.cache.backends.locmem.LocMemCache"
    },
    "pages": {
        "BACKEND": "records.publication.memory.Memory",
        "OPTIONS": {"MAX_ENTRIES": 10_000, "MAX_BYTES": environment.megabytes("PLACARD_PAGE_CACHE", 64)},
    },
}

# Languages of the pages, the default one first; what a record is written in is a fact of the record.
LANGUAGES = environment.languages("PLACARD_LANGUAGES")
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE / "static"]
# The stylesheets of every page, in their order; collected they are one file.
SITE_STYLESHEETS = [
    f"css/{name}.css" for name in (
        "tokens", "base", "layout", "components/footer", "components/search_box", "components/languages",
        "components/grade", "components/card", "components/facets", "components/pager", "components/notice",
        "components/quote", "components/table", "components/facts", "components/standing", "components/list",
        "components/sums", "components/term",
    )
]  # fmt: skip
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.statics.Storage"
    },
}
MEDIA_ROOT = VAR / "uploads"  # files handed to the back office; never served
FILE_UPLOAD_PERMISSIONS = 0o600

# -- security --------------------------------------------------------------------------------------

HTTPS = environment.flag("PLACARD_HTTPS", default=not LOCAL)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, where no certificate is
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# W021: to preload is a promise for the whole domain, which is its owner's to give, not a portal's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if environment.flag("PLACARD_BEHIND_PROXY", default=False):
    # Only for a proxy that sets this header itself and drops what the client sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Nothing inline and nothing from elsewhere, in the back office too.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Cookies belong to the back office: a reader gets none.
OFFICE_PATH = "/backoffice/"
SESSION_COOKIE_NAME = "placard_session"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = OFFICE_PATH
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "placard_language"
LANGUAGE_COOKIE_PATH, LANGUAGE_COOKIE_SECURE = OFFICE_PATH, HTTPS
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = 365 * 24 * 3600, True, "Lax"
LOGIN_URL = f"{OFFICE_PATH}login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
