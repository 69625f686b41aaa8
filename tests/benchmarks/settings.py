"""The product's settings, with the baselines beside the product, and static files not collected."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks.plain"]
MIDDLEWARE = ["tests.benchmarks.answering.said", *MIDDLEWARE]
ROOT_URLCONF = "tests.benchmarks.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
