"""Valdarmonia, a wholly invented ambito, rich enough to show everything.

`world.json` has its comuni, attributes, bodies and kinds of places, `kinds.json`, `more_kinds.json` and
`kinds_of_every_need.json` the kinds of services with the comuni where each exists, `special.json` the services of which
there is one. A text is a list: Italian, English, and where they follow French and Arabic. Nothing rings, and nothing is
anywhere: cadastral codes begin with X, which no real one does, phone numbers with 0000, and CAPs are 00000.
"""

from services_catalog.demonstration.valdarmonia.generate import SLUG, written

__all__ = ["SLUG", "written"]
