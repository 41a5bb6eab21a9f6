import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import { serialise } from "../5-emit/serialise.ts";
import { secretDiagnostics } from "./index.ts";

const deployment = (env: object[], annotations = {}): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", annotations },
  spec: { template: { spec: { containers: [{ name: "web", env }] } } },
});
const artifact = (
  object: object,
  [source, ...patches]: [string, ...string[]],
  path = "generated/a.yaml",
): TargetArtifact => ({
  path,
  target: "helm",
  source,
  ...(patches.length === 0 ? {} : { patches }),
  body: { kind: "kubernetes", objects: [object] } as TargetArtifact["body"],
});
const found = (...artifacts: TargetArtifact[]) =>
  secretDiagnostics({
    artifacts,
    files: artifacts.map((each) => ({ ...each, content: serialise(each) })),
  }).map(({ id, at, message, frame }) => ({ id, at, message, frame }));

test("a name that was there and a value that a patch brings are a secret together", () => {
  const patched = artifact(deployment([{ name: "DB_PASSWORD", value: "hunter2" }]), ["services.web", "patches[1]"]);
  assert.equal(found(patched), [
    {
      id: "verify/secret",
      at: "patches[1]",
      message:
        "spec.template.spec.containers[0].env[0].value in generated/a.yaml holds what looks like a secret, by its name",
      frame: "",
    },
  ]);
  assert.equal(
    found(artifact(deployment([{ name: "DB_PASSWORD", value: "$(FROM_SECRET)" }]), ["services.web", "patches[1]"])),
    [],
  );
});

test("what has a secret's shape is found in any artifact, and not repeated", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  for (const body of [
    { kind: "json", data: { a: token } },
    { kind: "text", text: `see ${token}` },
    { kind: "values", name: "web", data: { a: token } },
  ] as TargetArtifact["body"][]) {
    assert.equal(found({ path: "generated/x", target: "helm", source: "services.web", body }), [
      {
        id: "verify/secret",
        at: "services.web",
        message: "generated/x holds what looks like a GitHub token",
        frame: "",
      },
    ]);
  }
});

test("objects that refer to secrets are none", () => {
  assert.equal(
    found(
      artifact(
        deployment([{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }], {
          "checksum/secret": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }),
        ["services.web", "patches[0]"],
      ),
    ),
    [],
  );
});

test.run();
