"""The catalogue in and out: JSON Lines in the very shape of the published bodies (`publication.document`).

`export` writes records as they are. `file` takes them in: the territory and its own terms, then, by `importing`, the
rest. `lines` reads the lines, `rows` turns them into rows of the tables, `checks` asks the database what must hold,
`drafts` keeps prose's revisions, `store` writes.
"""
