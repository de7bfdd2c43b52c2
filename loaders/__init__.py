"""From a source to facts: readers of articles, and the extraction of who did what to whom."""
