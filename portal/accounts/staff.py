"""A territory's staff are in the group that edits its pages, as long as they are its staff."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save

from portal.editorial.sites import group_name
from services_catalog.models import Membership
from services_catalog.models.membership import MembershipRole


def connect() -> None:
    post_save.connect(_joined, sender=Membership, dispatch_uid="portolano.staff_joined")
    post_delete.connect(_left, sender=Membership, dispatch_uid="portolano.staff_left")


def _joined(instance: Membership, **_signal: Any) -> None:
    if instance.role == MembershipRole.STAFF and instance.territory:
        group = Group.objects.get_or_create(name=group_name(instance.territory))[0]
        instance.user.groups.add(group)


def _left(instance: Membership, **_signal: Any) -> None:
    if instance.role == MembershipRole.STAFF and instance.territory:
        instance.user.groups.remove(*Group.objects.filter(name=group_name(instance.territory)))
