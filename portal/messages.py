"""The interface's strings: `python -m portal.messages [compile | collect | check]`.

Source strings are English, so English needs no catalogue; Italian has one in `locale/`. Babel does what Django leaves
to GNU gettext, which a fresh Debian does not have.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parents[1]
LOCALE = BASE_DIR / "locale"
PACKAGES = ("services_catalog", "search", "api", "frontend", "portal")
SKIPPED = {"migrations", "node_modules", "dist"}
# Languages whose interface is complete. Another's catalogue holds what somebody has translated (Arabic: what citizens
# read, not the admin); a string that it lacks falls back to Italian.
COMPLETE = ("it",)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
KEYWORDS = {
    name + lazy: arguments
    for name, arguments in {
        "_": None,
        "gettext": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
}


def sources() -> Iterator[Path]:
    """Every file that may hold strings of the interface, in a fixed order."""
    for package in PACKAGES:
        for path in sorted((BASE_DIR / package).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not SKIPPED & set(path.parts):
                yield path


def strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """The strings of one file: message (singular and plural as a tuple), comments for translators, context."""
    text = path.read_text()
    if path.suffix != ".py":
        # Django turns a template into something like Python; its indentation is the page's and means nothing.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=path.name).splitlines())
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    for _line, message, comments, context in found:
        if message and message != ("", ""):
            yield message, comments, context


def template() -> Catalog:
    """All strings that the sources hold now."""
    catalog = Catalog(project="Portolano", charset="utf-8")
    for path in sources():
        for message, comments, context in strings(path):
            catalog.add(
                message, locations=[(str(path.relative_to(BASE_DIR)), 0)], auto_comments=comments, context=context
            )
    return catalog


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """Languages that have a catalogue, or must have one."""
    return sorted({*COMPLETE, *(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po"))})


def read(language: str) -> Catalog:
    """The catalogue of a language, empty if it has none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def collect() -> list[str]:
    """Bring the catalogues to what the sources say; translations stay, those of strings that are gone go."""
    current = template()
    for language in languages():
        catalog = read(language)
        catalog.update(current, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return []


def check() -> list[str]:
    """What keeps the catalogues from being complete, a line each."""
    current = template()
    problems = []
    for language in COMPLETE:
        catalog = read(language)
        for wanted in current:
            if wanted.id:
                kept = catalog.get(wanted.id, wanted.context)
                problems += [f"{language}: {problem}: {wanted.id!r}" for problem in faults(kept, catalog)]
        problems += [
            f"{language}: no longer used: {kept.id!r}"
            for kept in catalog
            if kept.id and not current.get(kept.id, kept.context)
        ]
    return problems


def faults(message: Message | None, catalog: Catalog) -> list[str]:
    """What is wrong with one translation: missing, uncertain, or with other placeholders than its source."""
    if message is None or not message.string or not all(message.string):
        return ["not translated"]
    found = ["uncertain (fuzzy)"] if message.fuzzy else []
    found += [str(error) for error in message.check(catalog)]
    # One of several plural forms may leave the number out; a single text that loses a placeholder loses a fact.
    if isinstance(message.id, str) and _placeholders(message.id) != _placeholders(str(message.string)):
        found.append("other placeholders than its source")
    return found


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def compile_catalogues() -> list[str]:
    """Write what Django reads, where the catalogue is newer."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with compiled.open("wb") as file:
                write_mo(file, read(path.parts[-3]))
    return []


COMMANDS = {"compile": compile_catalogues, "collect": collect, "check": check}


def main(arguments: list[str]) -> int:
    """Exit status 0, or 1 with what is missing on standard error."""
    problems = COMMANDS[arguments[0] if arguments else "compile"]()
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("portolano: run make messages, then complete locale/it/LC_MESSAGES/django.po", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
