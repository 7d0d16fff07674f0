"""A team's copies of one review brought together: what each person has is saved, got, united and sent."""
