"""The embedded engine's files: versions, damage, a second writer, other processes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from search import analysis
from search.engine import EngineDown, IndexUnusable, SearchQuery, Wanted
from search.engines import embedded_hits
from search.engines.embedded import EmbeddedEngine
from search.engines.folder import DAMAGED, POINTER
from tests.search.cast import GONNESA, MUSEI, START, UNTIL, place, service


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def writer(folder: Path) -> EmbeddedEngine:
    """The follower's engine, over an index with one service."""
    engine = EmbeddedEngine(folder)
    engine.rebuild(service(1, "Mensa"), START, UNTIL)
    return engine


def total(engine: EmbeddedEngine) -> int:
    return engine.find(SearchQuery(), Wanted()).total


def use(engine: EmbeddedEngine) -> None:
    engine.state()
    total(engine)


def versions(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_another_process_sees_a_batch_at_its_next_question(writer, folder):
    reader = EmbeddedEngine(folder)
    assert total(reader) == 1
    writer.apply([], service(2, "Emporio"), replace(START, seq=1))
    assert total(reader) == 2


def test_a_reader_follows_a_rebuild_and_old_versions_go(writer, folder):
    reader = EmbeddedEngine(folder)
    assert total(reader) == 1
    writer.rebuild([*service(2, "Emporio"), *service(3, "Docce")], START, UNTIL)
    assert total(reader) == 2
    assert len(versions(folder)) == 1


def test_a_rebuild_cut_off_leaves_the_index_in_use(writer, folder):
    def cut_off():
        yield from service(2, "Emporio")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer.rebuild(cut_off(), START, UNTIL)
    assert total(EmbeddedEngine(folder)) == 1
    assert len(versions(folder)) == 1, "what was half built takes no room"
    writer.rebuild(service(3, "Docce"), START, UNTIL)
    assert len(versions(folder)) == 1


def test_a_second_writer_is_refused_and_loses_nothing(writer, folder):
    writer.apply([], service(2, "Emporio"), replace(START, seq=1))
    with pytest.raises(EngineDown):
        EmbeddedEngine(folder).apply([], service(3, "Docce"), replace(START, seq=2))
    assert total(writer) == 2


def test_no_index_is_said(folder):
    with pytest.raises(IndexUnusable, match="no index"):
        EmbeddedEngine(folder).state()


@pytest.mark.parametrize("pointer", ["", "v0-older", "../../etc", "v1-gone", "\x00", "é" * 300])
def test_a_pointer_to_nothing_is_no_index(writer, folder, pointer):
    (folder / POINTER).write_text(pointer)
    with pytest.raises(IndexUnusable):
        total(EmbeddedEngine(folder))


@pytest.mark.parametrize("damage", ["truncated", "emptied", "overwritten", "without meta", "meta is no json"])
def test_a_damaged_index_is_said_then_put_aside_and_rebuilt(writer, folder, damage):
    writer.apply([], service(2, "Emporio"), replace(START, seq=1))
    del writer
    version = folder / versions(folder)[0]
    spoil(version, damage)
    engine = EmbeddedEngine(folder)
    with pytest.raises(IndexUnusable):
        use(engine)
    engine.rebuild(service(3, "Docce"), START, UNTIL)
    assert total(EmbeddedEngine(folder)) == 1
    assert [name for name in versions(folder) if name.startswith(DAMAGED)] == [DAMAGED + version.name]
    engine.rebuild(service(3, "Docce"), START, UNTIL)
    assert len(versions(folder)) == 1, "what was hidden since must not live on in what was put aside"


def spoil(version: Path, damage: str) -> None:
    if damage == "without meta":
        (version / "meta.json").unlink()
        return
    if damage == "meta is no json":
        (version / "meta.json").write_text("{")
        return
    for file in version.iterdir():
        if file.suffix in {".term", ".idx", ".fast", ".store"}:
            content = file.read_bytes()
            file.unlink()  # a file others have mapped must not change under them
            file.write_bytes(
                {"truncated": content[: len(content) // 2], "emptied": b""}.get(damage, b"\xff" * len(content))
            )


def test_a_file_where_the_folder_should_be_is_put_aside(tmp_path):
    folder = tmp_path / "public"
    folder.write_text("not a folder")
    engine = EmbeddedEngine(folder)
    with pytest.raises(IndexUnusable):
        engine.state()
    engine.rebuild(service(1, "Mensa"), START, UNTIL)
    assert total(engine) == 1


def test_a_folder_that_vanished_while_serving_is_no_index(writer, folder):
    assert total(writer) == 1
    shutil.rmtree(folder)
    with pytest.raises(IndexUnusable):
        total(writer)


def test_what_a_commit_cut_off_left_does_not_keep_the_same_changes_from_coming_again(writer, folder):
    changes = service(2, "Emporio"), replace(START, seq=1)
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    writer.apply([], *changes)
    version = versions(folder)[0]
    left = [*(folder / version).glob("*.del"), folder / version / ".managed.json"]
    assert len(left) == 2
    for file in left:
        shutil.copy(file, before / version)
    engine = EmbeddedEngine(before)
    engine.apply([], *changes)
    assert (engine.state().position.seq, total(engine)) == (1, 2)


@pytest.mark.parametrize("suffix", [".term", ".idx", ".fast", ".store", ".fieldnorm"])
@pytest.mark.parametrize("damage", ["truncated", "removed", "some bytes"])
def test_damage_is_found_by_who_has_the_index_open(writer, folder, suffix, damage):
    writer.apply([], service(2, "Emporio"), replace(START, seq=1))
    writer.check()
    file = next((folder / versions(folder)[0]).glob(f"*{suffix}"))
    content = file.read_bytes()
    file.unlink()
    if damage != "removed":
        changed = bytes(byte ^ 255 for byte in content[:8]) + content[8:]
        file.write_bytes(content[: len(content) // 2] if damage == "truncated" else changed)
    with pytest.raises(IndexUnusable):
        writer.check()
    writer.rebuild(service(3, "Docce"), START, UNTIL)
    writer.check()
    assert total(writer) == 1


@pytest.mark.parametrize("read", [3, 9, 40])
@pytest.mark.parametrize("number_of_doors", [1, 2])
def test_more_equal_scores_than_are_read_at_once_are_ordered_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, read: int, number_of_doors: int
) -> None:
    for name, value in {"READ": read, "FEWEST": 1, "RANKED": 2, "GROWTH": 2}.items():
        monkeypatch.setattr(embedded_hits, name, value)
    doors = (GONNESA, MUSEI)[:number_of_doors]
    rows = [
        row
        for number in reversed(range(1, 21))
        for row in service(number, "Sportello", *(place(100 * number + at, door) for at, door in enumerate(doors)))
    ]
    engine = EmbeddedEngine(folder)
    engine.rebuild([*rows, *service(30, "Sportello sportello caritas")], START, UNTIL)
    wanted = Wanted(analysis.words("sportello caritas", "it"), every=False)
    for comuni in ({}, {"comune": frozenset(doors)}):
        found = engine.hits(SearchQuery(filters=comuni, size=5), wanted)
        first = [] if comuni else [30]
        assert [hit.service.int for hit in found] == [*first, *range(1, 6)][:5]
