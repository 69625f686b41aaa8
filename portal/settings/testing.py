"""Settings of the test suite: strict templates, fast hashes, plain static files."""

import os
import tempfile
from pathlib import Path

from portal.settings import *  # noqa: F403
from portal.settings import STORAGES, TEMPLATES

# A browser driven by an earlier test leaves an event loop running in the process, and Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
DEBUG = False
SECRET_KEY = "a key of the test suite, worth nothing"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", ".localhost", "127.0.0.1"]
VAR_DIR = Path(tempfile.mkdtemp(prefix="portolano-test-"))
INDEX_DIR = VAR_DIR / "index"
MEDIA_ROOT = VAR_DIR / "media"
# The indices of an installation on the same server are not the tests' to rebuild.
ELASTICSEARCH_PREFIX = VAR_DIR.name.replace("_", "-").lower()
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNKNOWN VARIABLE %s"
