/** The way out of each error of the guest, for the Swift principal class: the one table is `src/principal/hints.ts`. */
import { hints } from "../../src/principal/hints.js";

export function swiftHints(): string {
  const entries = Object.entries(hints).map(
    ([code, hint]) => `  ${JSON.stringify(code)}:\n    ${JSON.stringify(hint)},`,
  );
  return `// Made by \`npm run generate\` from src/principal/hints.ts.

/// The way out of each error of the guest, by its code.
let hints: [String: String] = [
${entries.join("\n")}
]
`;
}
