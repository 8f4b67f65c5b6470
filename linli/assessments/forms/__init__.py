"""What is given of assessments."""
