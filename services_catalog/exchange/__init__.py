"""The catalogue in and out: JSON Lines in the very shape of the published bodies (`publication.document`).

`export` writes records as they are; `importing` takes lines in. `lines` reads them, `rows` turns them into rows of the
tables, `checks` asks the database what must hold, `drafts` keeps prose's revisions, `store` writes.
"""
