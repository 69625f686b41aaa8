"""`manage.py learn_needs`: learn what phrases mean, and put it in force unless it answers worse."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import shipped
from search.needs import training


class Command(BaseCommand):
    """Loads the shipped words first. The follower runs it by itself whenever phrases have changed."""

    help = "Learn needs from phrases, where phrases have changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="learn also where nothing has changed")

    def handle(self, *, again: bool, **options: Any) -> None:
        shipped.load()
        if not again and not training.is_due():
            self.stdout.write("nothing new to learn")
            return
        outcome = training.update()
        if outcome is None:
            self.stdout.write("there are no phrases to learn from")
            return
        about = outcome.about
        self.stdout.write(
            f"{about.phrases} phrases learnt: {about.success:.1%} of {about.questions} questions held back"
            + ("" if outcome.before is None else f", {outcome.before:.1%} before")
            + ("" if outcome.in_force else ": worse, not put in force")
        )
