# The toolchain of this repository for anyone with containers: Swift 6.2, libnode with its headers, JavaScriptCore and
# the compilers. `scripts/linux-toolchain` finds them installed and makes no root of its own.
#
#   docker build -t ba-extension .
#   docker run --rm -it -v "$PWD:/work" ba-extension npm test
FROM debian:sid-slim

# The packages of scripts/linux-toolchain (a test keeps the two lists equal), and npm, which tests and demo start with.
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    ca-certificates \
    clang \
    cmake \
    g++ \
    git \
    libjavascriptcoregtk-4.1-dev \
    libnode-dev \
    libssl-dev \
    libuv1-dev \
    make \
    ninja-build \
    node-acorn \
    node-cjs-module-lexer \
    node-undici \
    nodejs \
    npm \
    pkg-config \
    procps \
    swiftlang \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /work
