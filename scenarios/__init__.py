"""What planners write, and how it becomes the model's inputs."""

from .compiling import check, load
from .differences import difference
from .editor_schema import schema
from .explanation import explain, unsaid
from .layers import resolve

__all__ = ["check", "difference", "explain", "load", "resolve", "schema", "unsaid"]
