"""A built site in, an index on disk out."""
