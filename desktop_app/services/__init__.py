"""Use cases. They own the transactions and return frozen dataclasses, never ORM rows and never Qt."""
