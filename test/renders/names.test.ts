/**
 * Every name as long as the compiler lets it be: whatever is made of it fits whoever takes it, and one character more is
 * refused where it is written.
 */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import type { KubernetesObject } from "../../lab/cluster/client.ts";
import { longest, namesOf, stretched } from "../fuzz/longest.ts";
import { withName } from "../fuzz/renames.ts";
import { digestsOf } from "../fuzz/sound.ts";
import { threeClouds } from "../fuzz/three-clouds.ts";
import { harmless } from "../hostile/harmless.ts";
import { nameFaults } from "./limits.ts";

const test = suite("names");

const CONFIGS: Readonly<Record<string, Ecosystem>> = { "all of the vocabulary": harmless, "three clouds": threeClouds };

const compiled = (config: object, mode: "check" | "emit") =>
  compile({ root: "/nowhere", inputs: { config, images: digestsOf(config as Ecosystem) }, mode });

for (const [title, config] of Object.entries(CONFIGS)) {
  test(`${title}: the longest names are taken, and what is made of them fits`, async () => {
    const { ok, diagnostics, emission } = await compiled(longest(config), "emit");
    assert.equal(
      diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ id, at, message }) => `${id} at ${at}: ${message}`),
      [],
    );
    assert.ok(ok);
    const objects = emission!.artifacts.flatMap(({ body }) =>
      body.kind === "kubernetes" ? (body.objects as unknown as KubernetesObject[]) : [],
    );
    assert.equal(objects.flatMap(nameFaults), []);
    assert.ok(objects.some(({ metadata }) => metadata.name.length > 50));
  });

  test(`${title}: one character more is refused at the name`, async () => {
    for (const name of namesOf(config)) {
      const longer = stretched(name, 1);
      const { diagnostics } = await compiled(withName(config, name.name, longer), "check");
      const found = diagnostics.filter(({ severity }) => severity === "error");
      assert.ok(
        found.some(({ id, at }) => id === "names/too-long" && (name.isValue ? at === name.at : at.endsWith(longer))),
        `${name.title}: ${found.map(({ id, at, message }) => `${id} at ${at}: ${message}`).join("; ") || "taken"}`,
      );
    }
  });
}

test("caught: an object with a name that is too long for its kind, and a label", () => {
  const job = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "n".repeat(53) } };
  assert.equal(nameFaults(job), [`CronJob ${job.metadata.name}: 53 characters, and 52 fit`]);
  const labels = { "example.com/team": "n".repeat(64) };
  assert.is(nameFaults({ ...job, metadata: { name: "n", labels } }).length, 1);
  const template = { metadata: { name: "n", labels } };
  assert.is(nameFaults({ ...job, metadata: { name: "n" }, spec: { template } }).length, 1);
});

test.run();
