"""How the reader is taught: learn/README.md."""
