"""Workbooks that travel between the bureau and the companies: return sheets and blank templates (退回表、模板)."""
