"""What documents can tell: the records of resources, and what a single document is."""
