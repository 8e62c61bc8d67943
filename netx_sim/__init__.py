"""The NetX and ThreadX layer of the host-side twin.

``from netx_sim import *`` brings every service, control block, constant and status.  Importing the
package itself loads nothing: boards import submodules and pay only for what they use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.api import *


def __getattr__(name: str) -> object:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    # Not "from netx_sim import api": that asks this very function for "api" first.
    api = __import__("netx_sim.api", None, None, ("__all__",))
    return getattr(api, name)
