"""The catalogue's screens in the Wagtail admin."""

from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "portal.editor"
    label = "editor"
