"""绿色包装: a programme's lines against their targets, companies side by side."""
