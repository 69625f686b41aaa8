"""Records to compile later: the rest of a fan-out too wide for one transaction."""

from django.db import models


class StaleRecord(models.Model):
    """A record that still shows an older state of something it quotes. The follower compiles it, in batches."""

    kind = models.CharField(max_length=16)
    uuid = models.UUIDField()

    class Meta:
        app_label = "services_catalog"
        constraints = [models.UniqueConstraint(fields=["kind", "uuid"], name="one_stale_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
