"""Arithmetic of half-open spans `(start, end)`, on any ordered type: instants, wall-clock times, day numbers."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

T = TypeVar("T", datetime, int)


def merge(spans: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    """The same time as sorted, disjoint, non-touching and non-empty spans."""
    merged: list[tuple[T, T]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def clip(spans: Iterable[tuple[T, T]], low: T, high: T) -> list[tuple[T, T]]:
    """What of the spans lies within `[low, high)`."""
    pieces = ((max(start, low), min(end, high)) for start, end in spans)
    return [(start, end) for start, end in pieces if start < end]


def overlap(ours: Iterable[tuple[T, T]], theirs: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    """What both cover, of spans that are sorted and disjoint."""
    ours = list(ours)
    return [piece for low, high in theirs for piece in clip(ours, low, high)]


def subtract(spans: Iterable[tuple[T, T]], holes: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    """What of the spans no hole covers."""
    left = list(spans)
    for low, high in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[0] < piece[1]
        ]
    return left
