"""An answer and a model's wording of its quotes in; the wording out, if the quotes say every sentence of it."""
