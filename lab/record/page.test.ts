import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { ECOSYSTEMS, generatedFiles } from "../ecosystems.ts";
import type { Row } from "./notes.ts";
import { judgedIn, pageOf, unjudgedIn, type Judged } from "./page.ts";

const test = suite("lab: the page of what consumers say");

const ROW: Required<Row> = {
  consumer: "helm",
  version: "v3",
  judged: "charts",
  count: 2,
  level: "schema",
  verdict: "passed",
};
const every = Object.values(ECOSYSTEMS).flatMap((folder) => generatedFiles(folder).map(({ file }) => file));

const seen = (files: string[], row: Partial<Row> = {}, isStale = false): Judged => ({
  rows: [{ ...ROW, ...row }],
  judged: { helm: files },
  commit: "0123456789",
  isStale,
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

test("a record whose inputs have changed turns its rows", () => {
  assert.match(pageOf([seen([])]), "| helm | v3 | charts | 2 | schema | passed |");
  assert.match(pageOf([seen([], {}, true)]), "| helm | v3 | charts | 2 | schema | not run since 0123456789 |");
});

test("docs/conformance.md is what the records say of these sources: npm run gen -- conformance", async () => {
  assert.is(readFileSync(join(PACKAGE_ROOT, "docs/conformance.md"), "utf8"), pageOf(await judgedIn(PACKAGE_ROOT)));
});

test.run();
