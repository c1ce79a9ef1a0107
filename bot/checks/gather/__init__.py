"""Which data the rules lack, and the commands that print them."""
