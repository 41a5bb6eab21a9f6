import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";
import { ECOSYSTEMS, generatedFiles, pageOf, unjudgedIn, withoutRows } from "./page.ts";
import { record, recordedIn, type Recorded, type Row } from "./report.ts";

const test = suite("lab: the page of what consumers say");

const ROW: Row = { consumer: "helm", version: "v3", judged: "charts", count: 2, level: "schema" };
const every = Object.values(ECOSYSTEMS).flatMap((folder) => generatedFiles(folder).map(({ file }) => file));

test("what suites note is read back, with files relative to the repository and each once", () => {
  const folder = mkdtempSync(join(tmpdir(), "eco-report-test-"));
  try {
    record(ROW, ["ignored"]);
    process.env["ECO_LAB_REPORT"] = folder;
    record(ROW, [join(PACKAGE_ROOT, "generated/a.yaml"), "generated/a.yaml"]);
    record({ ...ROW, verdict: "passed in part" });
    assert.equal(recordedIn(folder), [
      { row: { ...ROW, verdict: "passed" }, files: ["generated/a.yaml"] },
      { row: { ...ROW, verdict: "passed in part" }, files: [] },
    ]);
  } finally {
    delete process.env["ECO_LAB_REPORT"];
    rmSync(folder, { recursive: true });
  }
});

const seen = (files: string[], row: Partial<Row> = {}): Recorded => ({
  row: { verdict: "passed", ...ROW, ...row },
  files,
});

test("every file needs a judge; what people read needs none", () => {
  assert.equal(unjudgedIn([seen(every)]), []);
  const [first] = every.filter((file) => file.endsWith(".yaml"));
  assert.equal(unjudgedIn([seen(every.filter((file) => file !== first))]), [first]);
  assert.equal(unjudgedIn([seen(every.filter((file) => !file.endsWith("README.md")))]), []);
});

test("the page shows rows in order and says which files are left", () => {
  const rows = [seen([], { consumer: "opa" }), seen([], { level: "admitted" }), seen(every.slice(1))];
  const page = pageOf(rows);
  assert.ok(
    page.indexOf("| helm | v3 | charts | 2 | schema |") < page.indexOf("| helm | v3 | charts | 2 | admitted |"),
  );
  assert.ok(page.indexOf("| helm | v3 | charts | 2 | admitted |") < page.indexOf("| opa |"));
  assert.equal(pageOf([...rows].reverse()), page);
  assert.match(pageOf([seen(every)]), "No file is without a judge.");
  assert.match(pageOf([]), `- \`${every.find((file) => file.endsWith("data.json"))}\``);
});

test("a page that lacks a row is told", () => {
  const page = pageOf([seen(every)]);
  assert.equal(withoutRows(page, [seen([])]), []);
  assert.equal(withoutRows(page, [seen([], { count: 3 })]), ["| helm | v3 | charts | 3 | schema | passed |"]);
});

test.run();
