"""Writes the three locks: `run` (what serves), `build` (and Node for the assets), `dev` (and the tools of the tests).

Each names every package with its hashes, for every platform and Python from 3.11 on, and no address to fetch it from.
What a lock holds already stays unless `--upgrade` is given.
"""

import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
UV = Path(sys.executable).with_name("uv")
OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet")


def compile_lock(name: str, *options: str) -> None:
    """Write one lock from pyproject.toml."""
    project, lock = str(LOCKS.parent / "pyproject.toml"), str(LOCKS / f"{name}.lock")
    command = [str(UV), "pip", "compile", project, *OPTIONS, "--no-emit-index-url", "-o", lock, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    compile_lock("dev", "--extra=dev", *sys.argv[1:])
    # The smaller locks take their versions from the largest: what is tested is what serves.
    compile_lock("build", "--extra=build", f"--constraint={LOCKS / 'dev.lock'}", *sys.argv[1:])
    compile_lock("run", f"--constraint={LOCKS / 'dev.lock'}", *sys.argv[1:])
