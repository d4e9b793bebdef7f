"""What each exported table holds: one module a table, and the words by which a column is described."""
