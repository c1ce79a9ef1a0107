"""A question and those before it in, an Answer with its citations out."""
