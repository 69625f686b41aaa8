"""Modules of the benchmarks run with an installation's settings."""

import subprocess
import sys

from tests.benchmarks.installation import Installation
from tests.benchmarks.report import ROOT

HERE = "tests.benchmarks"


def inside(installation: Installation, module: str, *arguments: str) -> list[str]:
    """Lines that a module of the benchmarks prints, run with the installation's settings."""
    done = subprocess.run(
        [sys.executable, "-m", f"{HERE}.{module}", *arguments],
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.split()
