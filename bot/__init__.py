"""Ask the docs: a question in, an answer with exact, linked quotes out; a cluster in, findings out."""
