"""The trained tagger: encoder and chains over words, and how a review adapts it."""
