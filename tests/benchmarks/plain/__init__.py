"""What one would write otherwise: services as rows of a model that Wagtail's search indexes in the database."""
