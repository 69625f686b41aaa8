"""The feed: one ordered list of what was published, each change numbered by the head it was written under."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from services_catalog.choices import Audience

READERS = (Audience.PUBLIC, Audience.OPERATOR)
"""Audiences that have records. Nobody reads `sealed`."""


def visible_to(reader: str) -> tuple[Audience, ...]:
    """Audiences whose records and changes `reader` may see. Unknown readers, and `sealed`, see nothing."""
    return {Audience.PUBLIC: (Audience.PUBLIC,), Audience.OPERATOR: READERS}.get(Audience(reader), ())


def new_epoch() -> str:
    """A name for this life of the database: cursors of another life are refused."""
    return uuid.uuid4().hex[:12]


class FeedHead(models.Model):
    """The single row whose lock makes publications follow one another, and that numbers them."""

    seq = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=12, default=new_epoch)

    class Meta:
        app_label = "services_catalog"

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"

    @classmethod
    def lock(cls) -> "FeedHead":
        """The head, locked until the transaction ends. SQLite's transaction is already exclusive (IMMEDIATE).

        Where somebody emptied the table, the feed goes on after its last change, under a new epoch.
        """
        try:
            return cls.objects.select_for_update().get(pk=1)
        except cls.DoesNotExist:
            last = Change.objects.aggregate(last=models.Max("seq"))["last"] or 0
            cls.objects.get_or_create(pk=1, defaults={"seq": last})
            return cls.objects.select_for_update().get(pk=1)


class Action(models.TextChoices):
    """What happened to a record. `redacted`: what you hold is no longer meant for you; drop it, then read again."""

    PUBLISHED = "published"
    UPDATED = "updated"
    UNPUBLISHED = "unpublished"
    REDACTED = "redacted"


class Change(models.Model):
    """One step of the feed."""

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    uuid = models.UUIDField()
    audience = models.CharField(max_length=8, choices=Audience)
    action = models.CharField(max_length=12, choices=Action)
    checksum = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "services_catalog"
        ordering = ("seq",)
        indexes = [
            models.Index(fields=["audience", "seq"], name="change_of_audience"),
            models.Index(fields=["kind", "uuid"], name="changes_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.kind} {self.uuid}"


class CursorGoneError(Exception):
    """The cursor belongs to another life of the database (a restored backup): start again from a snapshot."""


@dataclass(frozen=True)
class Cursor:
    """A place in the feed, written `epoch:seq`."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Raises ValueError if `text` is not a cursor."""
        epoch, _colon, seq = text.partition(":")
        if not epoch or not seq.isdecimal() or len(seq) > 18:
            raise ValueError("a cursor is written epoch:number")
        return cls(epoch, int(seq))


def head() -> Cursor:
    """The newest place in the feed. One query."""
    epoch, seq = FeedHead.objects.values_list("epoch", "seq").get(pk=1)
    return Cursor(epoch, seq)


def changes_after(reader: str, seq: int, limit: int = 1000) -> list[Change]:
    """The next changes of `reader`'s audiences, oldest first. One query."""
    return list(Change.objects.filter(audience__in=visible_to(reader), seq__gt=seq)[:limit])


def checked(cursor: Cursor) -> Cursor:
    """`cursor`, if this database gave it; raises CursorGoneError otherwise. One query."""
    now = head()
    if cursor.epoch != now.epoch or cursor.seq > now.seq:
        raise CursorGoneError
    return cursor


def append(locked: FeedHead, entries: Iterable[tuple[str, uuid.UUID, str, str, str]]) -> list[Change]:
    """Write changes (kind, uuid, audience, action, checksum) under a locked head. Raises nothing of its own."""
    changes = [
        Change(seq=seq, kind=kind, uuid=key, audience=audience, action=action, checksum=checksum)
        for seq, (kind, key, audience, action, checksum) in enumerate(entries, start=locked.seq + 1)
    ]
    if changes:
        Change.objects.bulk_create(changes)
        locked.seq = changes[-1].seq
        locked.save(update_fields=["seq"])
    return changes
