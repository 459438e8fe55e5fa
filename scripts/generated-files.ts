/** Every committed file that is made from source. `npm run generate` writes them; a test fails when one is stale. */
import { fidelityPage } from "./fidelity.js";
import { schemaFiles } from "./schemas.js";

/** Path from the root → content. */
export function generatedFiles(): Record<string, string> {
  const schemas = Object.entries(schemaFiles()).map(([name, content]) => [`schemas/${name}`, content]);
  return { ...Object.fromEntries(schemas), "docs/fidelity.md": fidelityPage() };
}
