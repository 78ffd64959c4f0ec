"""Measures a clean build and the rebuild after one changed plugin file, both without ccache.

    python3 tests/bench/bench_build.py [--jobs N] [--changed plugins/bert/plugin.cpp]

Builds the release preset in a folder of its own, build-bench, and removes it again.
"""

import argparse
import os
import pathlib
import shlex
import shutil
import subprocess
import time


def timed(command, env):
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    source = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--changed", type=pathlib.Path, default=source / "plugins" / "bert" / "plugin.cpp")
    options = parser.parse_args()
    folder = source / "build-bench"
    shutil.rmtree(folder, ignore_errors=True)
    env = {**os.environ, "CCACHE_DISABLE": "1"}
    configure = ["cmake", "--preset", "release", "-S", source, "-B", folder, "--log-level=ERROR"]
    configure += shlex.split(os.environ.get("CMAKE_ARGS", ""))
    build = ["cmake", "--build", folder, "--parallel", str(options.jobs)]
    print(f"{'what':<58} {'target':>10} {'seconds':>10}")
    try:
        print(f"{'clean build, configuring included, no ccache':<58} {'<= 480 s':>10} "
              f"{timed(configure, env) + timed(build, env):>10.1f}", flush=True)
        options.changed.touch()
        print(f"{f'rebuild after a change in {options.changed.name}':<58} {'<= 20 s':>10} {timed(build, env):>10.1f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
