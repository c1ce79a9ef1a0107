"""Labelled questions in, weights and figures out; docs and the documents that they follow in, what to look at out."""
