"""What a door to the network was sent in, a report or a problem out."""
