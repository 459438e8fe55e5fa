// The same bundle and the same event in plain Node, with the least that can stand in for the runtime: what a team would
// have that starts `node handler.cjs` for each wake.
"use strict";
const { readFileSync, writeSync } = require("node:fs");
const [bundle, event] = process.argv.slice(2);
const { start } = require(bundle);

const guest = start(
  {
    emitDownload() {},
    reply(_event, reply) {
      if (JSON.parse(reply).status !== "fulfilled") throw new Error(reply);
      writeSync(4, "1");
    },
    hostCall: () => 0,
    log() {},
    readText: (path) => readFileSync(path, "utf8"),
    readBytes: (path) => readFileSync(path),
  },
  JSON.stringify({
    mode: "unmanaged",
    callbacks: ["downloads", "downloadFinished", "extensionWillTerminate"],
    environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
    bundle: { infoDictionary: {}, appInfoDictionary: {} },
    clockOffset: 0,
  }),
);
guest.dispatch(1, event);
setInterval(() => {}, 1 << 30); // the parent reads the memory, then kills
