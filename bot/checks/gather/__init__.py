"""Verdicts in; out which data they lack, and the commands that print them."""
