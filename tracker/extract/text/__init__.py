"""Text as it is read: words, sentences, stories, and what patterns over words are matched with."""
