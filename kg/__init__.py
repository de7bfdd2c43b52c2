"""A geopolitical event knowledge graph: what facts are, and how they are kept, merged, pushed and asked."""
