"""What the benchmarks found: printed as a table, and kept in build/bench.json."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Figure:
    """One figure, and the baseline of the same run it stands beside: `ratio` is value over baseline."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None


@dataclass
class Report:
    """Figures in the order they were measured; each is printed as soon as it is known."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str, baseline: float | None = None) -> None:
        """Note a figure."""
        ratio = round(value / baseline, 2) if baseline else None
        figure = Figure(name, round(value, 2), unit, None if baseline is None else round(baseline, 2), ratio)
        self.figures.append(figure)
        beside = f"   baseline {figure.baseline:>9}   × {figure.ratio}" if baseline else ""
        print(f"{name:<58} {figure.value:>10} {unit:<5}{beside}", flush=True)

    def write(self) -> Path:
        """Keep the figures in build/bench.json."""
        path = ROOT / "build" / "bench.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps([asdict(figure) for figure in self.figures], indent=1) + "\n")
        return path
