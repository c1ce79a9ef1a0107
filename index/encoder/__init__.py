"""Texts in, unit vectors out; a question and a section in, what the reader says of them out."""
