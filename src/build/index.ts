/**
 * From the user's TypeScript to the one file that hosts run, and back.
 * @module
 */
export { buildBundle, type Bundle, type BuildOptions } from "./build-bundle.js";
export { createStackMapper, type StackMapper } from "./stack-mapper.js";
