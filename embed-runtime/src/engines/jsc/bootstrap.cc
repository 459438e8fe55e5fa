#include "engines/jsc/bootstrap.h"

#include "core/bundle_functions.h"

namespace ba {

std::string JscBootstrapSource() {
  return std::string("'use strict';").append(BundleFunctions()).append(R"js(
// Timers: JavaScriptCore has none. Of those that are due at the same moment, the first that was set runs first.
const timers = new Map();
let last = 0;
const longest = 2 ** 31 - 1;
const text = (error) => {
  const { stack } = Object(error);
  return typeof stack === 'string' ? `${String(error)}\n${stack}` : String(error);
};
const arm = () => {
  let next;
  for (const { due } of timers.values()) if (next === undefined || due < next) next = due;
  setTimer(next === undefined ? -1 : Math.max(0, next - Date.now()));
};
const set = (callback, delay, values, repeat) => {
  if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function.');
  const ms = delay >= 1 && delay <= longest ? Math.trunc(delay) : 1;
  timers.set(++last, { callback, values, due: Date.now() + ms, repeat: repeat ? ms : 0 });
  arm();
  return last;
};
const clear = (id) => {
  if (timers.delete(Number(id))) arm();
};
const runTimers = () => {
  const now = Date.now();
  const due = [...timers].filter(([, timer]) => timer.due <= now).sort(([, a], [, b]) => a.due - b.due);
  for (const [id, timer] of due) {
    // An earlier one may have cleared it.
    if (!timers.has(id)) continue;
    if (timer.repeat > 0) timer.due = now + timer.repeat;
    else timers.delete(id);
    try {
      timer.callback(...timer.values);
    } catch (error) {
      return fail(text(error));
    }
  }
  arm();
};
// The engine's own console speaks to an inspector only. The guest puts its own in place; this one is for what a bundle says
// while it is evaluated.
const levels = { debug: 0, info: 1, log: 2, warn: 3, error: 3 };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...values) => log(level, values.map(String).join(' '));
}
const define = (members) => {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
};
define({
  setTimeout: (callback, delay, ...values) => set(callback, delay, values, false),
  setInterval: (callback, delay, ...values) => set(callback, delay, values, true),
  clearTimeout: clear,
  clearInterval: clear,
  queueMicrotask: (callback) => {
    if (typeof callback !== 'function') throw new TypeError('The callback of queueMicrotask must be a function.');
    Promise.resolve().then(callback).catch((error) => fail(text(error)));
  },
});
// Debian's has it even without a JIT; no device's does.
delete globalThis.WebAssembly;

const require = (name) => {
  throw new Error(`JavaScriptCore has no module "${name}": Node's own are for the engine node only.`);
};

return {
  runTimers,

  start: (...parts) => startBundle(require, ...parts),

  /** A syntax error has a place and no frame of the bundle. */
  describe: (thrown) =>
    describeThrown(thrown, ({ name, message, sourceURL, line, column, stack }) => {
      const place = name === 'SyntaxError' && sourceURL !== undefined ? `@${sourceURL}:${line}:${column ?? 1}\n` : '';
      return `${name}: ${message}\n${place}${stack}`;
    }),
};
)js");
}

}  // namespace ba
