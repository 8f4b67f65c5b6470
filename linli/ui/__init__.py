"""The design system: tokens, components, template tags, fonts, languages. It has no models."""
