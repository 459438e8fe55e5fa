/** Every committed file that is made from source. `npm run generate` writes them; a test fails when one is stale. */
import { fidelityPage } from "./fidelity.js";
import { schemaFiles } from "./schemas.js";
import { swiftHints } from "./swift/hints.js";
import { swiftFiles } from "./swift/messages.js";

const sources = "principal-class/Sources";

/** Path from the root → content. */
export function generatedFiles(): Record<string, string> {
  const schemas = Object.entries(schemaFiles()).map(([name, content]) => [`schemas/${name}`, content]);
  const swift = Object.entries(swiftFiles()).map(([name, content]) => [
    `${sources}/BAMessages/Generated/${name}`,
    content,
  ]);
  return {
    ...Object.fromEntries([...schemas, ...swift]),
    [`${sources}/BAPrincipal/Generated/Hints.swift`]: swiftHints(),
    "docs/fidelity.md": fidelityPage(),
  };
}
