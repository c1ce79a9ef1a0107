"""Clusters in, findings out."""
