"""A question in, the values that it gives out, judged by the rules."""
