import type { GuestError } from "../../protocol/guest.js";
import type { Flow } from "./flow-control.js";

/** What the worker is started with. `configuration`: the JSON of a `guestConfiguration`. */
export interface WorkerInput {
  readonly bundlePath: string;
  readonly configuration: string;
  readonly flow: Flow;
}

/** Main thread → worker. */
export type ToWorker =
  | { readonly kind: "dispatch"; readonly id: number; readonly json: string }
  | { readonly kind: "hostReply"; readonly id: number; readonly json: string };

/** Worker → main thread, in the order in which the guest spoke. */
export type FromWorker =
  | { readonly kind: "loaded"; readonly callbacks: readonly string[] }
  | { readonly kind: "loadFailed"; readonly error: GuestError }
  | { readonly kind: "download"; readonly id: number; readonly json: string }
  | { readonly kind: "reply"; readonly id: number; readonly json: string }
  | { readonly kind: "hostCall"; readonly id: number; readonly json: string }
  | { readonly kind: "log"; readonly level: number; readonly message: string };
