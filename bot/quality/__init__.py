"""Labelled questions in, weights and figures out."""
