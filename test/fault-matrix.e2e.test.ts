import { describe, expect, it } from "vitest";
import type { Report } from "../src/simulator/index.js";
import { appFiles, assetFiles, carefulProject, goOn, simulate } from "./going-on.js";

/** One row of `docs/faults.md`. */
interface Row {
  readonly fault: string;
  readonly moment: string;
  readonly outcome: string;
  readonly afterwards: string;
}
const rows: Row[] = [];

const faults = [
  "offline",
  "slow=2000000",
  "stall",
  "404",
  "503=2",
  "503=2*9",
  "cut",
  "cut*9",
  "cut + 416",
  "wrong-size",
  "disk-full",
];
const moments = { manifest: "manifest", essential: "essential/core.pak", "non-essential": "level-1.pak" };

const kills = [
  ...["downloads", "downloadFinished", "moveTo"].map((step) => `kill-extension@${step}`),
  ...["manifest", "request", "scheduled", "transfer", "transferred", "delivered"].map((step) => `kill-system@${step}`),
];

/** What became of the manifest or of one download, in the words of the page. */
function outcomeOf(report: Report, moment: string): string {
  if (moment === "manifest") {
    const { manifest, downloads } = report;
    if (!manifest) return "nothing";
    const ended = manifest.error ? "failed; no content request" : `loaded; ${downloads.length} downloads`;
    return `${ended}${detailsOf(manifest)}`;
  }
  return report.downloads
    .filter(({ identifier }) => identifier === moment)
    .map((download) => `${download.essential ? "essential " : ""}${download.status}${detailsOf(download)}`)
    .join(", then ");
}

type Ended = Pick<Report["downloads"][number], "attempts" | "resumedBytes" | "error">;

function detailsOf({ attempts, resumedBytes, error }: Ended): string {
  const details = [
    ...(error ? [error.name ?? error.domain] : []),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(resumedBytes > 0 ? ["went on by Range"] : []),
  ];
  return details.length > 0 ? ` (${details.join(", ")})` : "";
}

/** Whether all is there, and how it came. */
function afterwardsOf(reports: readonly Report[]): string {
  const loaded = reports.map(({ downloads }) => downloads.filter(({ status }) => status === "finished").length);
  const events = reports.map(({ event }, index) => (loaded[index] ? `${event} brings ${loaded[index]}` : null));
  return events.filter(Boolean).join(", ") || "all is there already";
}

describe("each fault at each moment (rules waits-for-network, goes-on)", () => {
  const cases = faults.flatMap((fault) => Object.entries(moments).map(([moment, where]) => ({ fault, moment, where })));

  it.each(cases)("$fault, $moment", async ({ fault, moment, where }) => {
    await using project = await carefulProject();
    const asked = fault.split(" + ").map((part) => `${part}@${where}`);
    const report = await simulate(project, { faults: asked }, (simulator) => simulator.dispatch({ kind: "install" }));
    const reports = await goOn(project);
    expect(await appFiles(project)).toEqual(await assetFiles(project));
    rows.push({ fault, moment, outcome: outcomeOf(report, where), afterwards: afterwardsOf(reports) });
  });
});

describe("a kill at each step (rules goes-on, redelivery)", () => {
  it.each(kills)("%s", async (fault) => {
    await using project = await carefulProject();
    const played = await simulate(project, { faults: [fault] }, (simulator) =>
      simulator.dispatch({ kind: "install" }),
    ).catch((error: { code?: string }) => {
      expect(error.code).toBe("BA_SIMULATED_CRASH");
      return null;
    });
    const outcome = played
      ? `${played.downloads.filter(({ status }) => status === "finished").length} of 3 finished`
      : "the simulated system is gone";
    const reports = await goOn(project);
    expect(await appFiles(project)).toEqual(await assetFiles(project));
    const [process = "", step = ""] = fault.split("@");
    rows.push({ fault: process, moment: step, outcome, afterwards: afterwardsOf(reports) });
  });
});

// Written by the run: `npx vitest run test/fault-matrix -u` renews the page, any other run compares it.
it("comes to what docs/fault-matrix.md says", async ({ skip }) => {
  const all = faults.length * Object.keys(moments).length + kills.length;
  if (rows.length < all) skip("only a part of the matrix was played");
  const lines = rows.map(
    ({ fault, moment, outcome, afterwards }) => `| \`${fault}\` | ${moment} | ${outcome} | ${afterwards} |`,
  );
  await expect(page(lines)).toMatchFileSnapshot("../docs/fault-matrix.md");
});

const page = (lines: readonly string[]): string => `# What each fault comes to

An install of one essential asset and two others is played with one fault; then the simulation goes on without it, by
\`resume\`, an update and a periodic check. The handler loads what is not there with the right size, and schedules a failed
essential download again. After each row every file is whole and at its place once. This page is written by the tests
(\`npx vitest run test/fault-matrix -u\`); [cli.md](cli.md) explains the faults.

| fault | moment | install | afterwards |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
