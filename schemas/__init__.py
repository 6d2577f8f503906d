"""The contract: every field of the dataset, defined once."""
