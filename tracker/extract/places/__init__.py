"""Places: which names a story holds, what part each plays, and where a harm happened."""
