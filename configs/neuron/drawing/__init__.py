"""Pictures of the scenarios in configs/neuron; pictures.py draws them."""
