#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image: https://gradescope-autograders.readthedocs.io
set -euo pipefail
root=${AUTOGRADER:-/autograder}

python=
for each in python3.13 python3.12 python3.11 python3; do
    if "$each" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$each
        break
    fi
done

packages=()
[ -n "$python" ] || packages+=(python3.11 python3.11-venv)
ldconfig -p | grep -q libseccomp.so.2 || packages+=(libseccomp2)
command -v bwrap >/dev/null || packages+=(bubblewrap)
if [ "${#packages[@]}" -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}"
fi

"${python:-python3.11}" -m venv "$root/venv"
# There is no GPU here, and torch's CUDA builds are about ten times as large.
"$root/venv/bin/pip" install -q --extra-index-url https://download.pytorch.org/whl/cpu "$root/source/course"
# The build log shows how well submissions are isolated.
"$root/venv/bin/grade" doctor --course "$root/source/course"
