"""The interface's strings: found in code and templates, complete in Italian, with the same placeholders."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal import messages


def test_strings_of_templates_are_found_whatever_their_indentation(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n    <p title="it\'s">{% translate "Open" context "door" %}</p>\n'
        "  {% blocktranslate count total=total trimmed %}\n    {{ total }} place\n"
        "  {% plural %}\n    {{ total }} places\n  {% endblocktranslate %}\n"
    )
    found = [(message, context) for message, _comments, context in messages.strings(page)]
    assert found == [("Open", "door"), (("%(total)s place", "%(total)s places"), None)]


def test_strings_of_code_are_found_with_their_comments(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('# Translators: a shelter\nname = _("Door")\nmany = ngettext_lazy("%d night", "%d nights", 2)\n')
    assert list(messages.strings(module)) == [
        ("Door", ["Translators: a shelter"], None),
        (("%d night", "%d nights"), [], None),
    ]


@pytest.mark.parametrize(
    ("translation", "wrong"),
    [
        ("Trovati %(count)s servizi", False),
        ("Trovati servizi", True),
        ("Trovati %(total)s servizi", True),
        ("", True),
    ],
)
def test_a_translation_without_its_placeholders_is_wrong(translation: str, wrong: bool) -> None:
    catalog = Catalog(locale="it")
    message = catalog.add("Found %(count)s services", translation, flags=["python-format"])
    assert bool(messages.faults(message, catalog)) is wrong


def test_collecting_keeps_translations_and_drops_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    current = Catalog()
    current.add("Search")
    current.add("Places")
    monkeypatch.setattr(messages, "template", lambda: current)
    messages.collect()
    assert sorted(messages.check()) == ["it: not translated: 'Places'", "it: not translated: 'Search'"]
    path = messages.catalogue_path("it")
    path.write_text(path.read_text().replace('msgid "Search"\nmsgstr ""', 'msgid "Search"\nmsgstr "Cerca"'))
    current.delete("Places")
    messages.collect()
    assert messages.check() == []
    assert "Places" not in path.read_text()


def test_what_django_reads_is_written_again_only_when_the_catalogue_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    current = Catalog()
    current.add("Search")
    monkeypatch.setattr(messages, "template", lambda: current)
    messages.collect()
    messages.compile_catalogues()
    compiled = messages.catalogue_path("it").with_suffix(".mo")
    written = compiled.stat().st_mtime_ns
    messages.compile_catalogues()
    assert compiled.stat().st_mtime_ns == written
