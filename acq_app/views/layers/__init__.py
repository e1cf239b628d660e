"""The quantized layers: bits, ranges, errors, histograms."""
