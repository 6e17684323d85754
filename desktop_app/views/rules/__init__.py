"""审核规则: the dialog in which the clerk looks at the check rules and sets them with a reason."""
