/** Where the handler runs; see `docs/architecture.md`. */
export type HostName = "worker" | "embedded" | "libnode";
