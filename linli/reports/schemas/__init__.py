"""What the reports engine gives out, as rows and values."""
