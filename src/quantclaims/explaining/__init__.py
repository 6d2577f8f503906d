"""What led to a claim: the words of the passage that gave its fields, and the rules that read them."""
