"""A question and an index in, evidence for every topic out."""
