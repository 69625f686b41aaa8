"""Who signs in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from portal.accounts import staff
        from portal.accounts.viewsets import ReadOnlyPolicy
        from services_catalog.models import SealedOpening

        staff.connect()
        register_permission_policy(SealedOpening, ReadOnlyPolicy(SealedOpening))
