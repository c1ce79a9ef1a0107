"""Evidence in, a decision out: answered, choices or not covered, and which parts of the question stay unstated."""
