import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import { copyOfReference } from "../support/project-copy.ts";
import { readTree } from "../support/tree.ts";

/** What a reviewer sees: one small change of the config, and exactly the lines that follow from it. */
const test = suite("one change of the reference ecosystem");

test("the weight of a canary's step", async () => {
  const row = (weight: number) => `- [claude-service](services/claude-service) in \`platform\`: \`patient\`, canary, ${weight}% for 15m, 50% for 30m; promises \`mostly-available\`, \`answers\``;
  assert.equal(await changedLines("ecosystem.config.ts", "{ weight: 10, pause: \"15m\" }", "{ weight: 12, pause: \"15m\" }"), [
    `generated/clusters/cluster-paris/README.md: ${row(10)} → ${row(12)}`,
    "generated/clusters/cluster-paris/services/claude-service/manifests/rollout.yaml: - setWeight: 10 → - setWeight: 12",
    `generated/clusters/cluster-ultimate/README.md: ${row(10)} → ${row(12)}`,
    "generated/clusters/cluster-ultimate/services/claude-service/manifests/rollout.yaml: - setWeight: 10 → - setWeight: 12",
  ]);
});

test("the digest of one service in one environment", async () => {
  const before = "sha256:59474f4b038541c757f70029ccc825a234e4d4b17391ea1fb48e1268d2627eb7";
  const after = `sha256:${"ab".repeat(32)}`;
  assert.equal(await changedLines("ecosystem.images.json", before, after), [
    `generated/clusters/cluster-paris/services/checkout/values.yaml: digest: ${before} → digest: ${after}`,
  ]);
});

test("a comment changes nothing, not even the manifest", async () => {
  const [before, after] = await trees("ecosystem.config.ts", "// e2-medium cannot hold", "// An e2-medium cannot hold");
  for (const [path, content] of before) assert.ok(content.equals(after.get(path)!), path);
  assert.equal([...before.keys()], [...after.keys()]);
});

/** Every line that differs, as `path: before → after`; the manifest, which holds every file's digest, is left out. */
async function changedLines(file: string, from: string, to: string): Promise<string[]> {
  const [before, after] = await trees(file, from, to);
  assert.equal([...before.keys()], [...after.keys()]);
  return [...before].flatMap(([path, content]) => {
    if (path === "generated/manifest.json") return [];
    const [old, now] = [content, after.get(path)!].map((bytes) => bytes.toString("utf8").split("\n")) as [string[], string[]];
    assert.is(now.length, old.length, path);
    return old.flatMap((line, index) => (line === now[index] ? [] : [`${path}: ${line.trim()} → ${now[index]!.trim()}`]));
  });
}

/** What is written for the reference ecosystem as it is, and after one replacement in one of its files. */
async function trees(file: string, from: string, to: string) {
  const [before, after] = [copyOfReference(), copyOfReference()];
  const text = readFileSync(join(after, file), "utf8");
  assert.is(text.split(from).length, 2, `${file} has it exactly once`);
  writeFileSync(join(after, file), text.replace(from, to));
  for (const root of [before, after]) {
    const { ok, diagnostics } = await compile({ root });
    assert.ok(ok, diagnostics.map(({ message }) => message).join("\n"));
  }
  const generated = (root: string) => new Map([...readTree(root)].filter(([path]) => path.startsWith("generated/")));
  return [generated(before), generated(after)] as const;
}

test.run();
