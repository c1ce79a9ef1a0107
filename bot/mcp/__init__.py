"""The door for agents (Model Context Protocol): a tool call in, quotes and verdicts out, as data and as Markdown."""
