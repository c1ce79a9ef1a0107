"""An inventory in, clusters out, each with the gateways and networks that are its own."""
