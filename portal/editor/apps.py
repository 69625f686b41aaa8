"""The catalogue's screens in the Wagtail admin."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorConfig(AppConfig):
    name = "portal.editor"
    label = "editor"

    def ready(self) -> None:
        from portal.editor import policy, previews, veil, workflow
        from portal.editor.words import policy as words_policy

        policy.register()
        words_policy.register()
        previews.register()
        veil.connect()
        post_migrate.connect(workflow.ensure, sender=self, dispatch_uid="portolano.workflow")
