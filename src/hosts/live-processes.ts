/**
 * The extension processes that are alive, so that none outlives this process: one set and one hook for all of them.
 * A process that is killed with SIGKILL runs no hook; its children then end by themselves, when their fd 3 ends.
 */
const live = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Has `kill` called when this process ends. Returns the way to take that back. */
export function killOnExit(kill: () => void): () => void {
  if (live.size === 0) addHooks();
  live.add(kill);
  return () => {
    if (live.delete(kill) && live.size === 0) removeHooks();
  };
}

function addHooks(): void {
  process.on("exit", killAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function removeHooks(): void {
  process.off("exit", killAll);
  for (const signal of signals) process.off(signal, onSignal);
}

function killAll(): void {
  for (const kill of [...live]) kill();
}

function onSignal(signal: NodeJS.Signals): void {
  killAll();
  removeHooks();
  live.clear();
  // A listener takes the signal's default away. Whoever else listens decides; else the signal does what it always did.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
