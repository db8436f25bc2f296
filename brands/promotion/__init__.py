"""Pictures and texts with which a published brand is passed on: share picture, poster, long picture, the media kit (宣传素材包)."""

from .keeping import drop_kept, kept

__all__ = ["drop_kept", "kept"]
