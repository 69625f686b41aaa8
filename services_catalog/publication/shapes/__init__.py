"""The shapes of which `publication.document` is made, a file a subject."""
