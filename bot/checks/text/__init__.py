"""Bytes in, JSON documents out, each with its places."""
