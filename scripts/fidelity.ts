/** `docs/fidelity.md`, made from the table of the simulated system's rules. */
import { rules, type Rule } from "../src/simulator/rules.js";

const head = `# Fidelity

Which rules of the real system the simulated one obeys, and where each comes from. *documented*: Apple states it, in the
named header, article or session. *choice*: Apple publishes nothing, and the simulator had to decide; do not rely on it
on a device. This page is generated from \`src/simulator/rules.ts\` (\`npm run generate\`), and each rule has a test that
names it.

| rule | what the simulated system does | source |
| --- | --- | --- |
`;

const tail = `
Not simulated yet: the user's switches (Low Power Mode, Background App Refresh, In-App Content), throttling and daily
budgets, network classes (\`allowsCellularAccess\` and the like), purging of files, and managed asset packs.
`;

const row = ([id, { rule, source, kind }]: [string, Omit<Rule, "id">]): string =>
  `| \`${id}\` | ${rule} | ${kind === "choice" ? "*choice*: " : ""}${source} |\n`;

export function fidelityPage(): string {
  return head + Object.entries(rules).map(row).join("") + tail;
}
