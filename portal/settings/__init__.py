"""Django's settings, made from the process's environment (`environment.py`)."""

from typing import Any

import dj_database_url

from portal.settings.environment import BASE_DIR, read

ENVIRONMENT = read()

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key_or_generated()
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)
VAR_DIR = ENVIRONMENT.var_dir
PORT = ENVIRONMENT.port
ELASTICSEARCH_URL = ENVIRONMENT.elasticsearch_url
ELASTICSEARCH_PREFIX = ENVIRONMENT.elasticsearch_prefix
NEEDS_EMBEDDER = ENVIRONMENT.needs_embedder or ""
INDEX_DIR = VAR_DIR / "index"
DEMONSTRATION = ENVIRONMENT.demonstration

INSTALLED_APPS = [
    "portal.accounts",
    "portal.editorial",
    "portal.editor",
    "frontend",
    "api",
    "search",
    "services_catalog",
    "modeltranslation",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "frontend.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "api.middleware.problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.language_prefix.LanguagePrefix",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.editor.middleware.only_the_areas_in_use",
    "portal.editorial.middleware.territory_of_site",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url or f"sqlite:///{VAR_DIR / 'portolano.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Deferred transactions that upgrade to writing fail at once with "database is locked"; immediate ones wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# Memberships count as permissions.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "portal.editor.policy.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

USE_TZ = True
TIME_ZONE = "Europe/Rome"
USE_I18N = True
LANGUAGE_CODE = "it"
# Languages call themselves by their own name: who needs one may not read another.
LANGUAGES = [
    ("it", "Italiano"),
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ro", "Română"),
    ("sq", "Shqip"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("bn", "বাংলা"),
    ("ur", "اردو"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "it"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("it",)
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano"), ("en", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static_dir or VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = "Portolano"
WAGTAILADMIN_BASE_URL = ENVIRONMENT.public_url
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# A gravatar is a request to a third party from an admin page.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Each save of a draft is a transaction of the catalogue: five seconds after the last key is soon enough.
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_https_proxy else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.behind_https_proxy
# The container's health check speaks plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = ["^status$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.behind_https_proxy else 0
# Editors share the office's computers: a session ends with the working day.
SESSION_COOKIE_AGE = 12 * 3600

REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_its_words": {"()": "portal.unavailable.WithoutItsWords"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_its_words"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Wagtail names the objects it publishes at INFO: names of sealed places do not belong in a log.
        "wagtail": {"level": "WARNING"},
        "portolano": {"level": "INFO"},
        # Each page that asks a search engine that is away would say so again; portolano.search says it once.
        "elastic_transport": {"level": "ERROR"},
    },
}
