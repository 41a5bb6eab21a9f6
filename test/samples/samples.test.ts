import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import { assertGoldenTree } from "../support/golden.ts";
import { readTree, temporaryFolder } from "../support/tree.ts";

/**
 * Golden files: each folder is a config, and in `expected/` what is written for it. `files.txt` names every file; the bytes are kept
 * of those that the case is about.
 */
const test = suite("samples");
const samples = fileURLToPath(new URL(".", import.meta.url));

const SERVICES = /^generated\/clusters\/[^/]+\/services\//;
const TERRAFORM = /^generated\/terraform\//;
/** Which bytes are kept, where it is not those of the services. */
const kept: Readonly<Record<string, RegExp>> = {
  addons:
    /platform-(?:strimzi|descheduler|node-exporter)\.yaml$|\/platform\/(?:strimzi|descheduler|node-exporter)\/|argocd\/projects\.yaml$|namespaces\.yaml$|policies\/data\.json$|^ecosystem\.lock\.json$/,
  accounts: new RegExp(`${TERRAFORM.source}|/terraform/[^/]+\\.yaml$|policies/(?:data|costs)\\.json$|^ecosystem\\.lock\\.json$`),
  existing: TERRAFORM,
  regions: new RegExp(`${TERRAFORM.source}|^ecosystem\\.lock\\.json$`),
  patches: new RegExp(`${SERVICES.source}|^generated/terraform/gcp/foundation/`),
  tuning: new RegExp(`${SERVICES.source}|^generated/terraform/gcp/one/main\\.tf$`),
  mirror: new RegExp(`${SERVICES.source}|^generated/clusters/one/platform/[^/]+/values\\.yaml$|policies/data\\.json$`),
  extra: /\/argocd\/applications\/extra|\/extra\.tf$|policies\/data\.json$|terraform\/repositories\.yaml$/,
  outside: new RegExp(`${SERVICES.source}|/manifests/externals\\.yaml$`),
  teams: /\/services\/[^/]+\/values\.yaml$|\/namespaces\.yaml$/,
  exposure: new RegExp(`${SERVICES.source}|^generated/policies/data\\.json$`),
  vendored: TERRAFORM,
};

for (const { name } of readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  test(name, async () => {
    const output = temporaryFolder("sample");
    const { ok, diagnostics } = await compile({ root: join(samples, name), output });
    const findings = diagnostics.map(({ id, at, message }) => `${id} at ${at}: ${message}\n`).join("");
    assert.ok(ok, findings);

    const files = readTree(output);
    const bytes = [...files].filter(([path]) => (kept[name] ?? SERVICES).test(path));
    assert.ok(bytes.length > 0, "a sample without bytes shows nothing");
    assertGoldenTree(
      join(samples, name, "expected"),
      new Map([
        ...(findings === "" ? [] : [["findings.txt", Buffer.from(findings)] as const]),
        ["files.txt", Buffer.from([...files.keys()].map((path) => `${path}\n`).join(""))],
        ...bytes,
      ]),
    );
  });
}

test("every exception is a sample", () => {
  for (const name of Object.keys(kept)) assert.ok(existsSync(join(samples, name)), name);
});

test.run();
