"""Articles from files, and what on their pages is not article."""
