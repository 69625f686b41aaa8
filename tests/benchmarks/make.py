"""`python -m tests.benchmarks.make SERVICES`: the data of the benchmarks."""

import sys

import django

django.setup()

from tests.benchmarks import dataset  # noqa: E402

dataset.make(int(sys.argv[1]))
