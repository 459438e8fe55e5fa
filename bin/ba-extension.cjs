#!/usr/bin/env node
"use strict";
// CommonJS in old syntax, so that an old Node reaches the message instead of a syntax error.
var wanted = require("../package.json").engines.node; // "^20.19 || >=22.12"
var have = process.versions.node.split(".").map(Number);
var fits = have[0] === 20 ? have[1] >= 19 : have[0] > 22 || (have[0] === 22 && have[1] >= 12);

if (fits) {
  import("../dist/cli/main.js");
} else {
  console.error("ba-extension needs Node " + wanted + ", and this is Node " + process.versions.node + ".");
  console.error("Install a newer Node (https://nodejs.org/en/download) and run the command again.");
  process.exitCode = 1;
}
