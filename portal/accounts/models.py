"""The installation's own user model: chosen before the first migration, for a later change would rewrite every key."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who edits, approves or answers the phone. Citizens never sign in."""
