"""Amazon's services on this machine: moto's server, with what it lacks for the code in infra/.

    python3 tests/emulator/serve.py -H 127.0.0.1 -p 5000
    python3 tests/emulator/serve.py --check      only whether every patch still fits the pinned version

moto's internals are patched by name, so its version is pinned, and a patch whose target has gone, or that adds what
moto has learnt to do by itself, stops the start with its name.
"""
import sys
from importlib.metadata import version

MOTO = "5.2.1"

if version("moto") != MOTO:
    sys.exit(f"emulator: moto {version('moto')} is installed, and its patches are for {MOTO}: "
             f"pip install 'moto[server]=={MOTO}'")

import access    # noqa: E402
import buckets   # noqa: E402
import budgets   # noqa: E402
import cdn       # noqa: E402
import failures  # noqa: E402
import functions  # noqa: E402
import gateway   # noqa: E402
import inventory  # noqa: E402
from patching import PatchDoesNotFit  # noqa: E402

if __name__ == "__main__":
    try:
        for part in (cdn, functions, gateway, buckets, budgets, access, inventory, failures):
            part.apply()
    except PatchDoesNotFit as problem:
        sys.exit(f"emulator: {problem}")

    if sys.argv[1:] == ["--check"]:
        print(f"every patch fits moto {MOTO}")
    else:
        from moto.server import main

        main()
