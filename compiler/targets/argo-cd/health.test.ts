import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { projectTopology } from "../../../test/support/topology.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { library } from "../../../test/support/emit.ts";
import { emitted } from "./test/emitted.ts";

const test = suite("health scripts");
const lua = consumer("lua5.1");
const judged = lua === undefined ? test.skip : test;
const FOLDER = `${PACKAGE_ROOT}argocd/health/`;

/** Data as a Lua expression; null is what a table cannot hold, as in Argo CD. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(literal).join(",")}}`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, inner]) => `[${JSON.stringify(key)}]=${literal(inner)}`)
      .join(",")}}`;
  return value === undefined || value === null ? "nil" : JSON.stringify(value);
}

/** Runs a script as Argo CD does: Lua 5.1, `obj` as a global, the base and table libraries alone (util/lua/lua.go). */
function judge(file: string, object: object): { status: string; message: string } {
  const program = `
    local chunk = assert(loadstring(${JSON.stringify(readFileSync(FOLDER + file, "utf8")).replaceAll("\\n", "\\n")}))
    setfenv(chunk, { obj = ${literal(object)}, ipairs = ipairs, pairs = pairs, next = next, type = type, tostring = tostring, tonumber = tonumber, table = table })
    local health = chunk()
    io.write(tostring(health.status), "\\0", tostring(health.message))`;
  const [status, message] = execFileSync(lua!, ["-"], { input: program, encoding: "utf8" }).split("\0");
  return { status: status!, message: message! };
}

const generation = 3;
const ready = (status: string, reason = "", more: object[] = []) => ({
  observedGeneration: generation,
  conditions: [...more, { type: "Ready", status, reason, message: `about ${reason}` }],
});
const terraform = (status: object | undefined, spec: object = { approvePlan: "auto" }) => ({
  metadata: { generation },
  spec,
  ...(status === undefined ? {} : { status }),
});

const CASES: [file: string, what: string, object: object, status: string, message?: string][] = [
  ["argoproj.io_Application.lua", "new", {}, "Progressing"],
  ["argoproj.io_Application.lua", "not judged yet", { status: {} }, "Progressing"],
  [
    "argoproj.io_Application.lua",
    "healthy",
    { status: { health: { status: "Healthy" }, sync: { status: "Synced" } } },
    "Healthy",
    "",
  ],
  [
    "argoproj.io_Application.lua",
    "healthy, with a change to come",
    { status: { health: { status: "Healthy" }, sync: { status: "OutOfSync" }, history: [{ id: 0 }] } },
    "Healthy",
    "",
  ],
  [
    "argoproj.io_Application.lua",
    "of kinds without health, nothing applied yet",
    { status: { health: { status: "Healthy" }, sync: { status: "OutOfSync" } } },
    "Progressing",
    "Not applied yet, or not looked at since",
  ],
  [
    "argoproj.io_Application.lua",
    "applied, and not looked at since",
    {
      status: {
        health: { status: "Healthy" },
        history: [{ id: 0 }],
        reconciledAt: "2026-01-01T00:00:00Z",
        operationState: { phase: "Succeeded", finishedAt: "2026-01-01T00:00:09Z" },
      },
    },
    "Progressing",
    "Not applied yet, or not looked at since",
  ],
  [
    "argoproj.io_Application.lua",
    "applied, and looked at since",
    {
      status: {
        health: { status: "Healthy" },
        history: [{ id: 0 }],
        reconciledAt: "2026-01-01T00:00:10Z",
        operationState: { phase: "Succeeded", finishedAt: "2026-01-01T00:00:09Z" },
      },
    },
    "Healthy",
    "",
  ],
  [
    "argoproj.io_Application.lua",
    "of kinds without health, given up",
    {
      status: {
        health: { status: "Healthy" },
        sync: { status: "OutOfSync" },
        operationState: { phase: "Failed", message: "no namespace" },
      },
    },
    "Degraded",
    "no namespace",
  ],
  [
    "argoproj.io_Application.lua",
    "degraded",
    { status: { health: { status: "Degraded", message: "pod" } } },
    "Degraded",
    "pod",
  ],
  ["argoproj.io_Application.lua", "nothing applied yet", { status: { health: { status: "Missing" } } }, "Missing"],
  [
    "argoproj.io_Application.lua",
    "being tried again",
    { status: { health: { status: "Missing" }, operationState: { phase: "Running" } } },
    "Missing",
  ],
  [
    "argoproj.io_Application.lua",
    "given up",
    { status: { health: { status: "Missing" }, operationState: { phase: "Failed", message: "no CRD" } } },
    "Degraded",
    "no CRD",
  ],
  [
    "argoproj.io_Application.lua",
    "an error",
    { status: { health: { status: "Progressing" }, operationState: { phase: "Error" } } },
    "Degraded",
  ],
  [
    "argoproj.io_Application.lua",
    "healthy, with a last sync that failed",
    { status: { health: { status: "Healthy" }, history: [{ id: 0 }], operationState: { phase: "Failed" } } },
    "Healthy",
  ],

  ["infra.contrib.fluxcd.io_Terraform.lua", "new", terraform(undefined), "Progressing"],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "without a condition",
    terraform({ observedGeneration: generation, conditions: [] }),
    "Progressing",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "changed since",
    terraform({ ...ready("True"), observedGeneration: 2 }),
    "Progressing",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "applied",
    terraform(ready("True", "TerraformAppliedSucceed")),
    "Healthy",
    "about TerraformAppliedSucceed",
  ],
  ["infra.contrib.fluxcd.io_Terraform.lua", "at work", terraform(ready("Unknown", "Progressing")), "Progressing"],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "about to apply",
    terraform(ready("Unknown", "TerraformPlannedWithChanges")),
    "Progressing",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "waiting for a person",
    terraform(ready("Unknown", "TerraformPlannedWithChanges"), { approvePlan: "" }),
    "Suspended",
  ],
  ["infra.contrib.fluxcd.io_Terraform.lua", "suspended", terraform(ready("True"), { suspend: true }), "Suspended"],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "failed",
    terraform(ready("False", "TFExecApplyFailed")),
    "Degraded",
    "about TFExecApplyFailed",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "after its dependency",
    terraform(ready("False", "DependencyNotReady")),
    "Progressing",
  ],
  ["infra.contrib.fluxcd.io_Terraform.lua", "locked by others", terraform(ready("False", "LockHeld")), "Progressing"],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "drifted, corrected by itself",
    terraform(ready("False", "DriftDetected")),
    "Progressing",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "drifted, for a person to see",
    terraform(ready("False", "DriftDetected"), { approvePlan: "disable" }),
    "Degraded",
  ],
  [
    "infra.contrib.fluxcd.io_Terraform.lua",
    "out of retries",
    terraform(ready("False", "LockHeld", [{ type: "Stalled", status: "True", message: "limit" }])),
    "Degraded",
    "limit",
  ],

  ["templates.gatekeeper.sh_ConstraintTemplate.lua", "new", { metadata: { generation } }, "Progressing"],
  [
    "templates.gatekeeper.sh_ConstraintTemplate.lua",
    "without its kind",
    { metadata: { generation }, status: { byPod: [{ observedGeneration: generation }] } },
    "Progressing",
  ],
  [
    "templates.gatekeeper.sh_ConstraintTemplate.lua",
    "made",
    { metadata: { generation }, status: { created: true, byPod: [{ observedGeneration: generation }] } },
    "Healthy",
  ],
  [
    "templates.gatekeeper.sh_ConstraintTemplate.lua",
    "changed since",
    { metadata: { generation }, status: { created: true, byPod: [{ observedGeneration: 2 }] } },
    "Progressing",
  ],
  [
    "templates.gatekeeper.sh_ConstraintTemplate.lua",
    "wrong",
    { metadata: { generation }, status: { created: true, byPod: [{ errors: [{ message: "rego" }] }] } },
    "Degraded",
    "rego",
  ],

  ["constraints.gatekeeper.sh.lua", "new", { metadata: { generation } }, "Progressing"],
  [
    "constraints.gatekeeper.sh.lua",
    "seen by nobody",
    { metadata: { generation }, status: { byPod: [] } },
    "Progressing",
  ],
  [
    "constraints.gatekeeper.sh.lua",
    "enforced",
    {
      metadata: { generation },
      status: { byPod: [{ observedGeneration: generation, enforced: true }], totalViolations: 4 },
    },
    "Healthy",
  ],
  [
    "constraints.gatekeeper.sh.lua",
    "not by every pod",
    {
      metadata: { generation },
      status: { byPod: [{ observedGeneration: generation, enforced: true }, { observedGeneration: generation }] },
    },
    "Progressing",
  ],
  [
    "constraints.gatekeeper.sh.lua",
    "changed since",
    { metadata: { generation }, status: { byPod: [{ observedGeneration: 2, enforced: true }] } },
    "Progressing",
  ],
  [
    "constraints.gatekeeper.sh.lua",
    "wrong",
    { metadata: { generation }, status: { byPod: [{ errors: [{ message: "match" }] }] } },
    "Degraded",
    "match",
  ],
];

for (const [file, what, object, status, message] of CASES) {
  judged(`${file}, ${what}: ${status}`, () => {
    const found = judge(file, object);
    assert.is(found.status, status);
    if (message !== undefined) assert.is(found.message, message);
  });
}

test("every script is tested, and every script is installed", async () => {
  const files = readdirSync(FOLDER).sort();
  assert.equal([...new Set(CASES.map(([file]) => file))].sort(), files);
  const { body } = emitted(await projectTopology()).find(({ path }) => path.endsWith("/platform/argo-cd/values.yaml"))!;
  const { cm } = (body as unknown as { data: { configs: { cm: Record<string, string> } } }).data.configs;
  const wildcard = parse(cm["resource.customizations"]!) as Record<string, { "health.lua": string }>;
  const installed = [
    ...Object.entries(cm)
      .filter(([key]) => key.includes(".health."))
      .map(([, script]) => script),
    ...Object.values(wildcard).map((entry) => entry["health.lua"]),
  ];
  assert.equal(installed.sort(), files.map((file) => library.read(`argocd/health/${file}`)).sort());
  assert.equal(Object.keys(wildcard), ["constraints.gatekeeper.sh/*"]);
  assert.is(cm["admin.enabled"], false, "what the catalogue says is still there");
});

test.run();
