"""A local server that speaks the protocol of the Hugging Face Hub, for tests."""

from testhub.server import TestHub

__all__ = ["TestHub"]
