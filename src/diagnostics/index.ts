/**
 * Errors with a stable code, and the one way they are shown.
 * @module
 */
export { InternalError, UserError, type Problem, type SourceLocation, type UserErrorOptions } from "./errors.js";
export { displayLocation, formatDiagnostic, toDiagnostic, type FormatOptions } from "./format.js";
export { didYouMean } from "./did-you-mean.js";
export { isBuildFailure, problemOf } from "./esbuild.js";
export { defaultExportKeys, locateProperty, type TextPosition } from "./locate-property.js";
export { renderError } from "./render-error.js";
export { createFrameMapper, internalScheme, type MappedFile, type SourceFrame } from "./source-map.js";
export { parseFrame, type StackFrame } from "./stack.js";
