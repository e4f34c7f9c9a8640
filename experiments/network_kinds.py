"""The columns of the network's two tables."""

from __future__ import annotations

NODE_KINDS = {
    "node": "text", "kind": "text", "label_zh": "text", "label_en": "text", "district": "int", "street": "int",
    "status": "text", "stage": "text", "amount": "float",
}  # fmt: skip
LINK_KINDS = {"source": "text", "target": "text", "relation": "text", "amount": "float"}
