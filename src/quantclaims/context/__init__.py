"""The context that turns a quantity into a claim: who says it, of what act, between whom, when, how sure."""
