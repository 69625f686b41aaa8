"""See the package. Its table is made by the benchmark alone, without migrations."""

from typing import ClassVar

from django.db import models
from wagtail.search import index


class PlainService(index.Indexed, models.Model):
    """A service's Italian name and all of its Italian text."""

    name = models.CharField(max_length=255)
    text = models.TextField()

    search_fields: ClassVar = [index.SearchField("name", boost=4), index.SearchField("text")]

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.name
