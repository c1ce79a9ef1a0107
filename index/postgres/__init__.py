"""One index for many machines in PostgreSQL, kept there as it is kept in an object store."""
