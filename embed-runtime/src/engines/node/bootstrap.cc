#include "engines/node/bootstrap.h"

#include "core/bundle_functions.h"

namespace ba {

std::string BootstrapSource() {
  return std::string("'use strict';").append(BundleFunctions()).append(R"js(
// An error that nobody catches, a rejection that nobody handles: the engine ends, and says why.
process.setUncaughtExceptionCaptureCallback((error) => fail(String(error?.stack ?? error)));

// Every method of console leads to the log, whatever it prints: one line of text each time.
const levels = { debug: 0, info: 1, stdout: 2, stderr: 3 };
let level;
const stream = (usual) => ({ write: (text) => log(level ?? usual, text.replace(/\n$/, '')) });
const redirected = new console.Console({
  stdout: stream(levels.stdout),
  stderr: stream(levels.stderr),
  ignoreErrors: false,
});
for (const name of ['debug', 'info']) {
  const print = redirected[name];
  redirected[name] = (...values) => {
    level = levels[name];
    try {
      print(...values);
    } finally {
      level = undefined;
    }
  };
}
for (const [name, method] of Object.entries(redirected)) {
  if (typeof method === 'function') console[name] = method;
}

return {
  start: (...parts) => startBundle(require, ...parts),

  /** `place`: of a syntax error, which has no frame of its own. */
  describe: (thrown, place) =>
    describeThrown(thrown, ({ name, message, stack }) =>
      place === undefined ? stack : `${name}: ${message}\n    at ${place}`,
    ),
};
)js");
}

}  // namespace ba
