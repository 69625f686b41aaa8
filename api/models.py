"""The tables of the API: its keys. What it serves is the catalogue's."""

from api.keys.models import ApiKey

__all__ = ["ApiKey"]
