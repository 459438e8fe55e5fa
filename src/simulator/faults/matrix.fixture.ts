/** What each fault of a transfer comes to, by who waits for the file. The tests of the loader hold it to this. */
export const waits = ["manifest", "essential", "non-essential", "foreground"] as const;

/** `status attempts`, and the error's name when there is one. */
type Outcome = `${"loaded" | "failed" | "waiting"} ${number}` | `${"failed" | "waiting"} ${number} ${string}`;

/** Faults by their texts, without the place. */
export const transferMatrix: Readonly<Record<string, readonly [Outcome, Outcome, Outcome, Outcome]>> = {
  offline: [
    "failed 2 notConnectedToInternet",
    "failed 2 notConnectedToInternet",
    "waiting 5 notConnectedToInternet",
    "failed 1 notConnectedToInternet",
  ],
  "offline*1": ["loaded 2", "loaded 2", "loaded 2", "failed 1 notConnectedToInternet"],
  "offline*4": [
    "failed 2 notConnectedToInternet",
    "failed 2 notConnectedToInternet",
    "loaded 5",
    "failed 1 notConnectedToInternet",
  ],
  "slow=1000": ["loaded 1", "loaded 1", "loaded 1", "loaded 1"],
  cut: ["loaded 2", "loaded 2", "loaded 2", "failed 1 networkConnectionLost"],
  "cut*9": [
    "failed 2 networkConnectionLost",
    "failed 2 networkConnectionLost",
    "waiting 5 networkConnectionLost",
    "failed 1 networkConnectionLost",
  ],
  stall: ["loaded 2", "loaded 2", "loaded 2", "failed 1 timedOut"],
  "404": [
    "failed 1 badServerResponse",
    "failed 1 badServerResponse",
    "failed 1 badServerResponse",
    "failed 1 badServerResponse",
  ],
  // Nothing to go on with: no request has a range.
  "416": ["loaded 1", "loaded 1", "loaded 1", "loaded 1"],
  "503": ["loaded 2", "loaded 2", "loaded 2", "failed 1 badServerResponse"],
  "503=30*2": ["failed 2 badServerResponse", "failed 2 badServerResponse", "loaded 3", "failed 1 badServerResponse"],
  // Nobody knows how long the manifest is.
  "wrong-size": ["loaded 1", "failed 1 downloadInvalid", "failed 1 downloadInvalid", "failed 1 downloadInvalid"],
  "disk-full": [
    "failed 1 cannotWriteToFile",
    "failed 1 cannotWriteToFile",
    "failed 1 cannotWriteToFile",
    "failed 1 cannotWriteToFile",
  ],
};
