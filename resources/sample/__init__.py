"""The built-in sample: a classifier of clothes (Fashion-MNIST), its test images, and the script that made both."""
