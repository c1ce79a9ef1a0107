"""A built site in, its sections and the passages to embed out."""
