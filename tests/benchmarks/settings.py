"""The product's settings, with the baseline's addresses beside the product's."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
