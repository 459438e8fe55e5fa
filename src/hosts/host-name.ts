/** Where the handler runs; see `docs/architecture.md`. */
export type HostName = GuestHostName | "swift";

/** The hosts whose process runs the guest alone: the principal class is `principal/`, on this side. */
export type GuestHostName = "worker" | "embedded" | "libnode";
