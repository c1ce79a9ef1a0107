"""A question as text in, its parts, its intent and the terms that it names out."""
