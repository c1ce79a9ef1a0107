"""A question as text in; one record out, with its words, parts, intents, language and vector."""
