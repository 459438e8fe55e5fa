#include "core/bundle_functions.h"

namespace ba {

std::string_view BundleFunctions() {
  return R"js(
/** Evaluates the compiled bundle, which is one file, and starts its guest. `require` knows the engine's modules only. */
const startBundle = (require, bundle, path, directory, native, configuration) => {
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
};

/** A thrown value as the JSON of a guestError. `stackOf`: the engine's stack of an Error, its place included. */
const describeThrown = (thrown, stackOf) => {
  if (!(thrown instanceof Error)) {
    const value = typeof thrown === 'string' ? JSON.stringify(thrown) : String(thrown);
    return JSON.stringify({ code: 'BA_LOAD_FAILED', message: `The handler threw ${value}, not an Error.` });
  }
  const { code, hint, message } = thrown;
  return JSON.stringify({
    code: typeof code === 'string' ? code : 'BA_LOAD_FAILED',
    message: String(message),
    hint: typeof hint === 'string' ? hint : undefined,
    stack: stackOf(thrown),
  });
};
)js";
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

}  // namespace ba
