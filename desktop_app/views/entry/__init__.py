"""录入: figures of the bureau's own, typed into a grid that behaves like Excel."""
