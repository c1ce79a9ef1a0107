"""An index in, its generations in PostgreSQL out, and back, kept there as in an object store."""
