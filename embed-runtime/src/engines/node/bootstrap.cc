#include "engines/node/bootstrap.h"

namespace ba {

std::string_view BootstrapSource() {
  return R"js('use strict';
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
  /** Evaluates the compiled bundle. `require` knows the modules of Node only: a bundle is one file. */
  start(bundle, path, directory, native, configuration) {
    const module = { exports: {} };
    bundle.call(module.exports, module.exports, require, module, path, directory);
    const { start } = module.exports;
    if (typeof start !== 'function') {
      throw new TypeError('The bundle exports no function `start`: it was not made by `ba-extension build`.');
    }
    const guest = start(native, configuration);
    return {
      dispatch: (event, json) => guest.dispatch(event, json),
      hostReply: (call, json) => guest.hostReply(call, json),
      loaded: JSON.stringify({ callbacks: guest.callbacks }),
    };
  },

  /** A thrown value as the JSON of a guestError. `place`: of a syntax error, which has no frame of its own. */
  describe(thrown, place) {
    if (!(thrown instanceof Error)) {
      const value = typeof thrown === 'string' ? JSON.stringify(thrown) : String(thrown);
      return JSON.stringify({ code: 'BA_LOAD_FAILED', message: `The handler threw ${value}, not an Error.` });
    }
    const { code, hint, message, stack } = thrown;
    return JSON.stringify({
      code: typeof code === 'string' ? code : 'BA_LOAD_FAILED',
      message: String(message),
      hint: typeof hint === 'string' ? hint : undefined,
      stack: place === undefined ? stack : `${thrown.name}: ${message}\n    at ${place}`,
    });
  },
};
)js";
}

}  // namespace ba
