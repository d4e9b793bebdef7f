"""People as a sentence names them: numbers, person nouns, noun phrases, names."""
