import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { runFiles } from "../../test/support/run-files.ts";
import { pageOf, unjudgedIn, withoutRows } from "../page.ts";
import { recordedIn } from "../report.ts";
import { endLeftOvers } from "../run.ts";

const SUITES = join(PACKAGE_ROOT, "lab/conformance");
const PAGE = join(PACKAGE_ROOT, "docs/conformance.md");

/**
 * `npm run lab -- test [consumer...]`: the conformance suites. Over all consumers it also writes docs/conformance.md;
 * in CI, where nothing is written, the page must already say all that was seen.
 */
export async function testCommand(consumers: readonly string[]): Promise<void> {
  const known = readdirSync(SUITES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const strangers = consumers.filter((name) => !known.includes(name));
  if (strangers.length > 0) throw new Error(`no suite for ${strangers.join(", ")}; there are ${known.join(", ")}`);
  const files = suitesOf(consumers.length > 0 ? consumers : known);
  if (files.length === 0) throw new Error(`${consumers.join(", ")}: no suite needs the lab; npm test runs them`);

  const report = mkdtempSync(join(tmpdir(), "eco-report-"));
  try {
    endLeftOvers();
    const outcomes = await runFiles(files, {
      parallel: atOnce(),
      alone: (file) => file === BY_THE_SECOND,
      minutes: 45,
      env: { ECO_LAB_REPORT: report },
      after: () => void endLeftOvers(),
    });
    const failed = outcomes.some(({ failed }) => failed > 0);
    if (failed) process.exitCode = 1;
    else if (consumers.length === 0)
      writePage(
        report,
        outcomes.reduce((sum, { skipped }) => sum + skipped, 0),
      );
  } finally {
    rmSync(report, { recursive: true, force: true });
  }
}

/** Scores of analyses whose windows are seconds: what is late there is no longer what the config says. */
const BY_THE_SECOND = "lab/conformance/argo-rollouts/releases.lab.ts";

/** Suites mostly wait for controllers. Each has a control plane or two and what consumes the output, of some GiB. */
const atOnce = (): number => Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / (8 * 2 ** 30))));

const suitesOf = (consumers: readonly string[]): string[] =>
  glob
    .sync(
      consumers.map((name) => `lab/conformance/${name}/**/*.lab.ts`),
      { cwd: PACKAGE_ROOT },
    )
    .sort();

function writePage(report: string, skipped: number): void {
  const recorded = recordedIn(report);
  const unjudged = unjudgedIn(recorded);
  if (unjudged.length > 0) {
    console.error(`no consumer has judged\n${unjudged.map((file) => `  ${file}`).join("\n")}`);
    if (skipped === 0) process.exitCode = 1;
  }
  if (process.env["CI"] === "true") {
    const absent = withoutRows(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", recorded);
    if (absent.length === 0) return;
    console.error(
      `docs/conformance.md does not say what was seen; npm run lab -- test writes it\n${absent.join("\n")}`,
    );
    process.exitCode = 1;
  } else if (skipped > 0) console.log(`docs/conformance.md is left as it is: ${skipped} skipped`);
  else writeFileSync(PAGE, pageOf(recorded));
}
