"""Sections, words and vectors in, an index on disk out, and back."""
