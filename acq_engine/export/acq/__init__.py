"""The project's own format: a quantized model that can be loaded again, trained on and exported anew."""
