from .event import LifecycleEvent

__all__ = ["LifecycleEvent"]
