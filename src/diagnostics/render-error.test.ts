import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, expect, test } from "vitest";
import { InternalError, UserError, formatDiagnostic, renderError } from "./index.js";

const cwd = mkdtempSync(join(tmpdir(), "ba-diagnostics-"));
const file = join(cwd, "handler.ts");
writeFileSync(file, "import x from 'y';\n\tconst größe = urlDownlod({});\n");
afterAll(() => rmSync(cwd, { recursive: true }));

const error = new UserError("BA_TEST", "There is no `urlDownlod`.", {
  hint: "Write `urlDownload`.",
  location: { file, line: 2, column: 16 },
});

test("a user's error is shown with code, relative place, source line, caret and the way out", () => {
  expect(renderError(error, { color: false, cwd })).toMatchInlineSnapshot(`
    "✘ error: There is no \`urlDownlod\`. [BA_TEST]

        handler.ts:2:16
        2 │   const größe = urlDownlod({});
          ╵                 ~~~~~~~~~~

      Write \`urlDownload\`.
    "
  `);
});

test("colour comes by option only, and changes nothing but colour", () => {
  const plain = renderError(error, { color: false, cwd });
  const coloured = renderError(error, { color: true, cwd });
  expect(plain).toBe(stripVTControlCharacters(plain));
  expect(coloured).not.toBe(plain);
  expect(stripVTControlCharacters(coloured)).toContain("handler.ts:2:16\n");
});

test("several problems are all shown under the code of the error", () => {
  const several = new UserError("BA_TEST", "Two things are wrong.", {
    problems: [{ message: "First.", location: { file, line: 1, column: 8 } }, { message: "Second." }],
  });
  expect(several.location).toEqual({ file, line: 1, column: 8 });
  expect(renderError(several, { color: false, cwd })).toMatchInlineSnapshot(`
    "✘ error: First. [BA_TEST]

        handler.ts:1:8
        1 │ import x from 'y';
          ╵        ^

    ✘ error: Second. [BA_TEST]
    "
  `);
});

test("a place whose line is gone is still named", () => {
  const gone = new UserError("BA_TEST", "It was here.", { location: { file, line: 90, column: 3 } });
  expect(renderError(gone, { color: false, cwd })).toMatchInlineSnapshot(`
    "✘ error: It was here. [BA_TEST]

        handler.ts:90:3
    "
  `);
});

test("severities differ in words, not by colour alone", () => {
  const diagnostic = { code: "BA_TEST", message: "Said.", hint: "Do.", location: { file, line: 1, column: 8 } };
  expect(formatDiagnostic({ ...diagnostic, severity: "warning" }, { color: false, cwd })).toContain("! warning: Said.");
  expect(formatDiagnostic({ ...diagnostic, severity: "info" }, { color: false, cwd })).toMatchInlineSnapshot(`
    "• note: Said. [BA_TEST]

        handler.ts:1:8
        1 │ import x from 'y';
          ╵        ^

      Do.
    "
  `);
});

test("a long line is cut around the token", () => {
  const long = join(cwd, "long.ts");
  writeFileSync(long, `${"a ".repeat(500)}token${" b".repeat(500)}\n`);
  const diagnostic = { code: "BA_TEST", severity: "error", message: "Here.", hint: null } as const;
  const text = formatDiagnostic(
    { ...diagnostic, location: { file: long, line: 1, column: 1001 } },
    { color: false, cwd },
  );
  const [source = "", marker = ""] = text.split("\n").slice(3);
  expect(source.length).toBeLessThan(140);
  expect(source.slice(marker.indexOf("~"), marker.lastIndexOf("~") + 1)).toBe("token");
});

test("passwords are not shown", () => {
  const secret = join(cwd, "secret.ts");
  writeFileSync(secret, `useCredential({ user: "ann", passwrod: "hunter\\"2" }); const Secret = 'x';\n`);
  const diagnostic = { code: "BA_TEST", severity: "error", message: "Here.", hint: null } as const;
  const text = formatDiagnostic(
    { ...diagnostic, location: { file: secret, line: 1, column: 30 } },
    { color: false, cwd },
  );
  expect(text).toContain(`1 │ useCredential({ user: "ann", passwrod: "•••••••••" }); const Secret = '•';`);
});

test("everything else is a bug of ours, with code, stack, causes and where to report it", () => {
  const bug = new InternalError("BA_TABLE_BROKEN", "The table is empty.", { cause: new Error("No rows.") });
  const text = renderError(bug, { color: false, cwd });
  expect(text).toMatch(/^✘ This is a bug in ba-extension \[BA_TABLE_BROKEN\]\n/);
  expect(text).toContain("The table is empty.");
  expect(text).toContain("render-error.test.ts");
  expect(text).toContain("Caused by: Error: No rows.");
  expect(text).toContain("npm bugs ba-extension");
  expect(renderError("thrown text", { color: false, cwd })).toContain("[BA_INTERNAL]\n\n  thrown text\n");
});
