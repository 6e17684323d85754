"""快递进村: rates, townships × brands, villages that are not reached."""
