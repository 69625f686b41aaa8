"""Six territories to see the product at work: five true to the documents they come from, one invented."""
