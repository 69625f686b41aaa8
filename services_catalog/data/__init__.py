"""Reference data shipped with the product: the gazetteer of comuni and the core taxonomies."""
