"""The NetX and ThreadX layer of the host-side twin.

``from netx_sim import *`` brings every service, control block, constant and status.  Importing the
package itself loads nothing: boards import submodules and pay only for what they use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.api import *


_SERVICES = ("nx_", "nxd", "tx_", "_nx")


def __getattr__(name: str) -> object:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    if name == name.lower() and name[:3] not in _SERVICES and name != "__all__":
        # "from netx_sim import seq" asks here before it looks for a file; MicroPython looks no further.
        try:
            return __import__("netx_sim." + name, None, None, ("__name__",))
        except ImportError:
            pass
    api = __import__("netx_sim.api", None, None, ("__all__",))
    return getattr(api, name)
