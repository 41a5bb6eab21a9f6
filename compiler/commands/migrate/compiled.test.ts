import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { compile } from "../../compile.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";

/**
 * What the reference, the example and what `init` wrote were migrated to is valid today. That it says what it said before
 * is shown by `random.test.ts`, and by the command itself before it writes.
 */
const test = suite("what migrated projects compile to");

/** Sample → where its companions are committed. */
const SAMPLES = {
  reference: "",
  boutique: "examples/online-boutique",
  init: "compiler/commands/init/project",
  "init-first": "compiler/commands/init/project",
};
const COMPANIONS = ["ecosystem.images.json", "ecosystem.tuning.json", "ecosystem.lock.json"];

/** What newer checks find in a sample, whatever its words. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  reference: [
    "clusters/no-admins: nobody administers cluster-paris",
    "clusters/no-admins: nobody administers cluster-amsterdam",
    "gate/cannot-decide: switch: nobody calls the preview, so that its SLOs are never judged and every release waits",
    "secrets/store-elsewhere: claude-service on cluster-paris is in aws, and the secret assistant-api-key is kept in gcp",
  ],
  boutique: [
    "gate/cannot-decide: orders: nobody calls the preview, so that its SLOs are never judged and every release waits",
    "gate/old-version-gone: orders: the old version goes 30 minutes after the switch, and `postPromotion` may take 30 minutes: its `hold`, and its `outage` where Prometheus is away",
  ],
};

for (const [sample, companions] of Object.entries(SAMPLES))
  test(`${sample}: compiles`, async () => {
    const root = temporaryFolder(sample);
    cpSync(join(import.meta.dirname, "samples", sample, "after"), root, { recursive: true });
    mkdirSync(join(root, "node_modules"));
    for (const name of COMPANIONS)
      if (existsSync(join(PACKAGE_ROOT, companions, name)))
        cpSync(join(PACKAGE_ROOT, companions, name), join(root, name));
    const { diagnostics, emission } = await compile({ root, cwd: root, mode: "emit" });
    assert.equal(
      diagnostics.filter(({ severity }) => severity === "error").map(({ id, message }) => `${id}: ${message}`),
      FOUND[sample] ?? [],
    );
    if (emission !== undefined) assert.ok(emission.files.length > 50, `only ${emission.files.length} files`);
  });

test.run();
