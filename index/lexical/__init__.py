"""Texts in, their words out; words in, the texts that have them and how much they weigh out (BM25)."""
