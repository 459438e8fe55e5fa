/**
 * The numbers of the frame protocol, without the schemas: the child program reads them and must start fast, and the
 * schema library alone would take it longer than the whole engine.
 */

/** Raised when a peer of another version could misread a frame; unknown fields alone do not raise it. */
export const protocolVersion = 1;

/** 64 MiB; a longer frame is a broken stream. */
export const maxFrameBytes = 64 * 1024 * 1024;
