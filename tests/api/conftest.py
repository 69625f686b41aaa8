import pytest

from api.v1 import slugs


@pytest.fixture(autouse=True)
def _terms_of_this_test():
    """Each test's database numbers its feed alike: what was read at a position in one isn't there in the next."""
    slugs._read.cache_clear()
