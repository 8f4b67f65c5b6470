"""Offers: courses, events, job fairs, appointments, shifts and contests, booked fairly and followed to their outcome."""
