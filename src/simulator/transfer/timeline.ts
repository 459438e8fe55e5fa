import type { TransferFaults } from "../faults/fault.js";
import { fileFailure } from "./failure.js";
import { systemError } from "./injection.js";
import { networkFailure } from "./network-failure.js";
import type { Watch } from "./watch.js";

/** The places in a file at which something happens: when all before one is written, and nothing behind it. */
export interface Timeline {
  /** Bytes that may be written before the next place. */
  room(position: number): number;
  /** Told what has been written; does what is due there. Throws what ends the transfer. */
  arrive(position: number, written: number): void;
  /** The body has ended: does what had no place, because nobody knew how long the file is. */
  end(): void;
}

export interface TimelineOptions {
  /** Bytes that were there before. */
  readonly offset: number;
  /** Bytes of the whole file; null when nobody knows. */
  readonly total: number | null;
  readonly url: URL;
  readonly faults: TransferFaults;
  readonly watch: Watch;
  /** Told when half of the file is there. */
  onHalf(): void;
  /** Moves the simulated clock, milliseconds. */
  pass(duration: number): void;
}

interface Place {
  readonly at: number;
  reach(): void;
}

export function createTimeline(options: TimelineOptions): Timeline {
  const { total, faults, pass } = options;
  const places = placesOf(options, total ?? Infinity).sort((a, b) => a.at - b.at);
  const rate = faults.bytesPerSecond;
  const bucket = rate === null ? Infinity : Math.max(rate, SMALLEST_BUCKET);

  return {
    room: (position) => Math.min(bucket, (places[0]?.at ?? Infinity) - position),
    arrive(position, written) {
      if (rate !== null && written > 0) {
        faults.happened("bytesPerSecond");
        pass((written / rate) * 1000);
      }
      for (let next = places[0]; next && next.at <= position; next = places[0]) {
        places.shift();
        next.reach();
      }
    },
    end() {
      if (total === null) for (const place of places.splice(0)) place.reach();
    },
  };
}

/**
 * Bytes that a slow transfer takes at once, at least. The time of each bucket passes on the simulated clock; what is
 * real is the back-pressure, because nothing is read meanwhile. So `slow` costs no test its time.
 */
const SMALLEST_BUCKET = 16 * 1024;

function placesOf({ offset, url, faults, watch, onHalf, pass }: TimelineOptions, total: number): Place[] {
  const places: Place[] = [];
  const half = Math.ceil(total / 2);
  // An earlier attempt has passed it already, otherwise.
  if (half > offset || offset === 0) places.push({ at: half, reach: onHalf });
  // Shares of what this attempt has to load, so that each of several cuts leaves something to the next attempt.
  const place = (share: number): number => (share === 0 ? offset : offset + Math.floor((total - offset) * share));

  const { interruption } = faults;
  if (interruption) {
    places.push({
      at: place(interruption.after),
      reach() {
        faults.happened("interruption");
        if (interruption.kind === "cut") throw networkFailure(systemError("ECONNRESET"), url);
        pass(watch.timeoutInterval);
        throw watch.timeOut();
      },
    });
  }
  if (faults.diskFull && total > offset) {
    places.push({
      at: place(0.5),
      reach() {
        faults.happened("diskFull");
        throw fileFailure("cannotWriteToFile", systemError("ENOSPC"), url);
      },
    });
  }
  return places;
}
