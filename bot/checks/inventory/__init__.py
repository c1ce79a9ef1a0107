"""A JSON document in; out what kind it is, and records of the resources that it tells."""
