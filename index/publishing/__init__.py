"""Markdown in, a built site out; changed pages in, a new index out."""
