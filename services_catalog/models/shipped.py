"""What the product shipped: told apart from what people have made of it since."""

from django.db import models


class ShippedRow(models.Model):
    """A row of the reference data as the product last shipped it: what says otherwise now, somebody has changed."""

    table = models.CharField(max_length=32)
    key = models.CharField(max_length=40)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="shipped_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
