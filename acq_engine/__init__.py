"""ACQ Studio's engine: data-free quantization of image classifiers, without any window.

Importing this package is cheap: torch is imported only by the modules that compute.
"""

__version__ = "0.1.0"
