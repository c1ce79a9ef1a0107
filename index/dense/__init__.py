"""Vectors in, the nearest vectors out (FAISS)."""
