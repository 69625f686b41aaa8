"""The cast and the templates of the admin's tests."""

from tests.portal.cast import cast
from tests.portal.editor.conftest import _templates_of_the_admin

__all__ = ["_templates_of_the_admin", "cast"]
