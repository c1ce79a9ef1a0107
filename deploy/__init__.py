"""What is delivered: the locked serving set, its bill of materials, its licences, its audit and its image."""
