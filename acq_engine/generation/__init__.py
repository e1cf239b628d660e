"""What makes synthetic images: generators, what they are asked for, and images drawn by rules."""
