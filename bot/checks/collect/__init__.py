"""Documents of any kind in, one inventory of all resources out."""
