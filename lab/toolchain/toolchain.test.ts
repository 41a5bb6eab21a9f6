import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "./consumer.ts";
import { place, placeOf, recall, remember } from "./cache.ts";
import { downloadModule } from "./go-module.ts";
import { moduleFolder, tool } from "./index.ts";
import { install, packagesNamed, type Outcome } from "./install.ts";
import { statusTable } from "./render.ts";
import { toolchainStatus } from "./status.ts";
import { packages } from "./versions.ts";

/** The cache and what is told about it, on an empty one of this suite's own. */
const test = suite("the lab's toolchain");
const go = consumer("go");

const { ECO_LAB_CACHE, PATH, CI } = process.env;
let cache: string;

test.before.each(() => {
  cache = mkdtempSync(join(tmpdir(), "lab-cache-"));
  process.env["ECO_LAB_CACHE"] = cache;
  delete process.env["CI"];
});
test.after.each(() => {
  rmSync(cache, { recursive: true });
  for (const [name, value] of Object.entries({ ECO_LAB_CACHE, PATH, CI })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const fill = (text: string) => (folder: string) => writeFileSync(join(folder, "helm"), text, { mode: 0o755 });

test("a tool is missing until it is placed", () => {
  assert.is(tool("helm"), undefined);
  place("helm", fill("first"));
  assert.is(tool("helm"), join(placeOf("helm"), "helm"));
  assert.is(consumer("helm"), tool("helm"), "the pinned one comes before PATH's");
});

test("in CI a missing tool is a failure that names the command", () => {
  process.env["CI"] = "true";
  assert.throws(
    () => tool("gator"),
    "gator is missing, and in CI every tool is required: npm run lab -- install gatekeeper",
  );
  assert.is(tool("terraform-provider-aws"), undefined, "but for what is only installed on demand");
});

test("a tool that nobody pins is a mistake", () => assert.throws(() => tool("hlm"), /hlm is none of the tools/));

test("who places first wins", () => {
  place("helm", (folder) => {
    place("helm", fill("other"));
    fill("mine")(folder);
  });
  assert.equal(readdirSync(dirname(placeOf("helm"))).length, 1);
});

test("a failed installation leaves nothing", () => {
  assert.throws(
    () =>
      place("helm", () => {
        throw new Error("no");
      }),
    "no",
  );
  assert.equal(readdirSync(dirname(placeOf("helm"))), []);
});

test("what a killed installation left is removed, what a running one makes is not", () => {
  const folder = dirname(placeOf("helm"));
  mkdirSync(join(folder, "making-999999999-a"), { recursive: true }); // more than any system's pid_max
  mkdirSync(join(folder, `making-${process.pid}-a`));
  place("helm", fill("helm"));
  assert.equal(
    readdirSync(folder).filter((name) => name.startsWith("making-")),
    [`making-${process.pid}-a`],
  );
});

test("facts are kept", () => {
  assert.is(recall("modules/a"), undefined);
  remember("modules/a", "one");
  remember("modules/a", "two");
  assert.is(recall("modules/a"), "two");
});

test("packages are named by themselves or by what they bring", () => {
  assert.equal(packagesNamed(["kube-apiserver", "kubernetes", "opa"]), ["kubernetes", "opa"]);
  assert.throws(() => packagesNamed(["hlm"]), /hlm is none of etcd, /);
  assert.not(packagesNamed([]).includes("terraform-provider-aws"));
});

test("a tool that cannot be had says why, and does not stop the next", () => {
  process.env["PATH"] = "";
  place("opa", (folder) => writeFileSync(join(folder, "opa"), "", { mode: 0o755 }));
  const outcomes: Outcome[] = [];
  install(["helm", "git", "opa"], { begins: () => {}, ended: (outcome) => outcomes.push(outcome) });
  assert.equal(
    outcomes.map(({ name, result, why }) => [name, result, why]),
    [
      ["helm", "failed", "go is missing"],
      ["git", "failed", "the lab does not install it: it comes with the machine"],
      ["opa", "present", undefined],
    ],
  );
  assert.not(existsSync(placeOf("helm")));
});

test("the status names every tool once", () => {
  const lines = statusTable(toolchainStatus()).split("\n").slice(1);
  assert.equal(
    lines.map((line) => line.split(" ")[0]),
    [...packages.keys()],
  );
  assert.match(
    lines.find((line) => line.startsWith("helm "))!,
    /missing$/,
  );
  assert.match(
    lines.find((line) => line.startsWith("terraform-provider-aws "))!,
    /on demand$/,
  );
});

(go ? test : test.skip)("a module with another sum than the pinned one is refused (needs Go)", () => {
  const { module, version, sum } = packages.get("actionlint") as { module: string; version: string; sum: string };
  assert.throws(
    () => downloadModule({ module, version, sum: "h1:other" }),
    `${module}@${version} has the sum ${sum}, pinned is h1:other`,
  );
  assert.ok(existsSync(join(moduleFolder("actionlint")!, "go.mod")));
  assert.throws(
    () => downloadModule({ module, version, sum: "h1:other" }),
    /pinned is h1:other/,
    "also once it is remembered",
  );
});

test.run();
