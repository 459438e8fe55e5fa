import { describe, expect, it } from "vitest";
import { createReporter } from "./reporter.js";

/** A reporter on a pipe or a terminal, and what it wrote. */
function reporterOn({ tty, muted = false }: { tty: boolean; muted?: boolean }) {
  let written = "";
  const stderr = { write: (text: string) => (written += text), isTTY: tty, columns: 80, hasColors: () => false };
  return { reporter: createReporter({ stderr, cwd: "/", env: {} }, muted), written: () => written };
}

const bar = (received: number) => ({ identifier: "level-1.pak", received, total: 2_000_000 });

describe("the reporter", () => {
  it("draws a bar with its denominator on a terminal, and keeps it below what is said", () => {
    const { reporter, written } = reporterOn({ tty: true });
    reporter.transfers([bar(1_000_000)]);
    expect(written()).toMatch(/━+ +1\.0 MB of 2\.0 MB level-1\.pak\n$/);
    reporter.done("manifest", "612 B");
    expect(written()).toContain("\u001b[1A\u001b[J✓ manifest  612 B\n");
    expect(written()).toMatch(/level-1\.pak\n$/);
    reporter.transfers([]);
    expect(written()).toMatch(/\u001b\[1A\u001b\[J$/);
  });

  it("writes static lines only to a pipe", () => {
    const { reporter, written } = reporterOn({ tty: false });
    reporter.transfers([bar(1)]);
    reporter.working("Building… 1/25");
    reporter.working("Building… 2/25");
    reporter.working("Testing…");
    reporter.warn("slow");
    reporter.transfers([]);
    expect(written()).toBe("  Building…\n  Testing…\n! slow\n");
  });

  it("changes one line while a phase goes on, on a terminal", () => {
    const { reporter, written } = reporterOn({ tty: true });
    reporter.working("Building… 1/25");
    reporter.working("Building… 2/25");
    reporter.done("built");
    expect(written()).toBe("  Building… 1/25\n\u001b[1A\u001b[J  Building… 2/25\n\u001b[1A\u001b[J✓ built\n");
  });

  it("says nothing when it is muted", () => {
    const { reporter, written } = reporterOn({ tty: true, muted: true });
    reporter.transfers([bar(1)]);
    reporter.error(new Error("no"));
    reporter.done("x");
    reporter.working("y");
    expect(written()).toBe("");
  });
});
