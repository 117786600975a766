"""What is done to an image on its way into a network, by torchvision's names."""

from minidl.data.transforms.appearance import RandomGrayscale, RandomHorizontalFlip
from minidl.data.transforms.base import ImageTransform, RandomTransform, Transform
from minidl.data.transforms.compose import Compose
from minidl.data.transforms.numbers import Normalize, ToArray
from minidl.data.transforms.sizes import CenterCrop, RandomCrop, Resize

__all__ = [
    "CenterCrop",
    "Compose",
    "ImageTransform",
    "Normalize",
    "RandomCrop",
    "RandomGrayscale",
    "RandomHorizontalFlip",
    "RandomTransform",
    "Resize",
    "ToArray",
    "Transform",
]
