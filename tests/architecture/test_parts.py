"""Where every part is required, a skipped test is a failed one."""

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import pytest

@pytest.mark.engine
def test_engine():
    pytest.skip("no Elasticsearch")

@pytest.mark.walk
def test_walk():
    pytest.skip("not today")

def test_other():
    pytest.skip("only on another system")
"""
INI = "[pytest]\nmarkers =\n  engine: e\n  walk: w\n"


@pytest.mark.parametrize(
    ("variables", "failed"),
    [
        ({}, 0),
        ({"PORTOLANO_REQUIRE_ALL": "1"}, 1),
        ({"PORTOLANO_REQUIRE_ALL": "1", "ELASTICSEARCH_URL": "http://127.0.0.1:9200"}, 2),
    ],
)
def test_skips_fail_where_the_part_is_there_and_all_are_required(
    variables: dict[str, str], failed: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PORTOLANO_REQUIRE_ALL", "ELASTICSEARCH_URL", "DATABASE_URL", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    pytester.makeini(INI)
    pytester.makepyfile(SUITE)
    without = [part for name in ("django", "randomly", "playwright") for part in ("-p", f"no:{name}")]
    result = pytester.runpytest("-p", "tests.parts", *without)
    result.assert_outcomes(failed=failed, skipped=3 - failed)
