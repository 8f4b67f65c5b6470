"""Recognition schemes, inspections, polls and the assessment of decisions: fair, and computed again by anybody."""
