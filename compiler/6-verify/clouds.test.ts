import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../test/support/emit.ts";
import { validatedProject } from "../../test/support/topology.ts";
import { validate } from "../2-validate/index.ts";
import { resolve } from "../5-emit/contribute.ts";
import { emit } from "../5-emit/index.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Topology } from "../topology/index.ts";
import { targets } from "../targets/registry.ts";
import { separateClouds } from "./clouds.ts";

/** What is emitted for several accounts names nothing of another one, and what would is found. */
const test = suite("separate clouds");

const { ecosystem } = await validatedProject(fileURLToPath(new URL("../../test/samples/accounts", import.meta.url)));
const azure = (digit: number) => ({
  subscription: `00000000-0000-0000-0000-00000000000${digit}`,
  tenant: "00000000-0000-0000-0000-00000000000f",
  keyVault: `/subscriptions/00000000-0000-0000-0000-00000000000${digit}/resourceGroups/v/providers/Microsoft.KeyVault/vaults/vault-${digit}`,
  network: { name: `cloud-${digit}`, cidr: `10.3${digit}.0.0/16` as const },
  regions: { northeurope: { subnet: { cidr: `10.3${digit}.0.0/20` as const } } },
});
const nodePools = { main: { machineType: "Standard_D8s_v5", min: 3, max: 9 } };
const config = {
  ...ecosystem,
  clouds: { ...ecosystem.clouds, azure: azure(1), "azure-production": { kind: "azure", ...azure(2) } },
  clusters: {
    ...ecosystem.clusters,
    aks: { cloud: "azure-production", region: "northeurope", environment: "live", version: "1.35", nodePools },
  },
  runners: {
    ...ecosystem.runners,
    more: {
      kind: "vm",
      cloud: "azure-production",
      region: "northeurope",
      machineType: "Standard_D4s_v5",
      min: 0,
      max: 2,
      token: "azure-token",
    },
  },
  secrets: { ...ecosystem.secrets, "azure-token": { store: "azure-production", path: "runner-token" } },
};
const { topology, active } = resolve(validate({ config, images: undefined, tuning: undefined }), targets);

/** What is found in that which is emitted for another topology, with other options, or changed afterwards. */
function found({
  of = topology,
  options = (given) => given,
  change = (artifacts) => artifacts,
}: {
  of?: Topology;
  options?: (text: string) => string;
  change?: (artifacts: readonly TargetArtifact[]) => readonly TargetArtifact[];
}): string[] {
  const told = active.map(({ target, options: given }) => ({
    target,
    options: JSON.parse(options(JSON.stringify(given))) as never,
  }));
  const messages = separateClouds(change(emit(of, told, library).artifacts), topology).map(({ id, message }) => {
    assert.is(id, "verify/another-cloud");
    return message;
  });
  return [...new Set(messages)];
}

test("nothing of what our targets write", () => assert.equal(found({}), []));

const named = (name: string): Cloud => topology.clouds.find((cloud) => cloud.name === name)!;
/** The topology with parts of one cloud as another one has them. */
const mixed = (name: string, other: string, ...parts: readonly (keyof Cloud)[]): Topology => ({
  ...topology,
  clouds: topology.clouds.map((cloud) =>
    cloud.name === name ? { ...cloud, ...Object.fromEntries(parts.map((part) => [part, named(other)[part]])) } : cloud,
  ),
});
const annotated = (path: string, annotations: Record<string, string>) => (artifacts: readonly TargetArtifact[]) => {
  assert.ok(
    artifacts.some((artifact) => artifact.path === path),
    path,
  );
  return artifacts.map((artifact): TargetArtifact => {
    if (artifact.path !== path) return artifact;
    const { body } = artifact;
    if (body.kind === "values")
      return { ...artifact, body: { ...body, data: { ...body.data, serviceAccount: { annotations } } } };
    if (body.kind !== "kubernetes") throw new Error(path);
    const [first, ...others] = body.objects as [KubernetesObject, ...KubernetesObject[]];
    return {
      ...artifact,
      body: { ...body, objects: [{ ...first, metadata: { ...first.metadata, annotations } }, ...others] },
    };
  });
};
const VALUES = "generated/clusters/one/platform/prometheus/values.yaml";

const MUTANTS: Readonly<Record<string, readonly [Parameters<typeof found>[0], RegExp]>> = {
  "the state store of another, on gcp": [
    { of: mixed("gcp-production", "gcp", "stateStore") },
    /the root in generated\/terraform\/gcp-production\/.* names the state store sample-sample-project-tfstate of gcp$/,
  ],
  "and the object that applies its roots": [
    { of: mixed("gcp-production", "gcp", "stateStore") },
    /Terraform gcp-production-control in .* names the state store/,
  ],
  "the state store of another, on azure": [
    { of: mixed("azure-production", "azure", "stateStore") },
    /names the state store sampletfstate\w+ of azure$/,
  ],
  "the account of another, on gcp": [
    { of: mixed("gcp-production", "gcp", "account") },
    /foundation\/versions\.tf is of gcp-production, and names the account sample-project of gcp/,
  ],
  "the account of another kind": [
    { of: mixed("gcp-production", "aws-production", "account") },
    /names the account 444455556666 of aws-production/,
  ],
  "the subscription of another": [
    { of: mixed("azure-production", "azure", "account") },
    /names the account 00000000-0000-0000-0000-000000000001 of azure/,
  ],
  "the network of another, on gcp": [
    { of: mixed("gcp-production", "gcp", "network") },
    /foundation\/main\.tf is of gcp-production, and names the network sample-net of gcp/,
  ],
  "the network of another, which is there": [
    {
      of: {
        ...topology,
        clouds: topology.clouds.map((cloud) =>
          cloud.name === "azure-production"
            ? { ...cloud, network: { ...named("azure").network, existing: true } }
            : cloud,
        ),
      },
    },
    /names the network cloud-1 of azure/,
  ],
  "the key vault of another": [
    { of: mixed("azure-production", "azure", "keyVault") },
    /runners\/main\.tf .* names the key vault \/subscriptions\/.*\/vaults\/vault-1 of azure/,
  ],
  "the account of another in a cluster's root": [
    {
      of: {
        ...topology,
        clusters: topology.clusters.map((cluster) =>
          cluster.name === "control" ? { ...cluster, account: named("gcp").account } : cluster,
        ),
      },
    },
    /gcp-production\/control\/main\.tf .* names the account sample-project/,
  ],
  "the identity of another in the object that applies a root, on gcp": [
    { options: (text) => text.replaceAll("terraform@sample-production.", "terraform@sample-project.") },
    /Terraform gcp-production-control .* names the account sample-project of gcp/,
  ],
  "the identity of another in the object that applies a root, on aws": [
    { options: (text) => text.replaceAll("terraform@sample-project.iam.gserviceaccount.com", "444455556666:role/a") },
    /Terraform gcp-one .* names the account 444455556666 of aws-production/,
  ],
  "the roots of another": [
    {
      change: (artifacts) =>
        artifacts.map((artifact) =>
          artifact.body.kind === "kubernetes" && artifact.path.endsWith("/gcp-production-control.yaml")
            ? {
                ...artifact,
                body: JSON.parse(
                  JSON.stringify(artifact.body).replace("terraform/gcp-production/control", "terraform/gcp/one"),
                ) as TargetArtifact["body"],
              }
            : artifact,
        ),
    },
    /Terraform gcp-production-control .* names the roots gcp of gcp/,
  ],
  "an identity of another in an annotation, on gcp": [
    {
      change: annotated("generated/clusters/control/argocd/root.yaml", {
        "iam.gke.io/gcp-service-account": "dns@sample-project.iam.gserviceaccount.com",
      }),
    },
    /an annotation of \w+ \S+ in .* names the account sample-project of gcp/,
  ],
  "an identity of another in an annotation of a chart, on aws": [
    { change: annotated(VALUES, { "eks.amazonaws.com/role-arn": "arn:aws:iam::444455556666:role/prometheus" }) },
    /an annotation in .* is of gcp, and names the account 444455556666 of aws-production/,
  ],
  "a registry of another in an annotation": [
    { change: annotated(VALUES, { mirror: "europe-docker.pkg.dev/sample-production/images" }) },
    /names the account sample-production of gcp-production/,
  ],
};
for (const [title, [mutant, expected]] of Object.entries(MUTANTS)) {
  test(`found: ${title}`, () => {
    const messages = found(mutant);
    assert.ok(
      messages.some((message) => expected.test(message)),
      messages.join("\n"),
    );
  });
}

test("a word that happens to be a project is none, nor what two clouds have in common by the config's word", () => {
  assert.equal(
    found({ change: annotated(VALUES, { contact: "sample-production", team: "sample-production-crew" }) }),
    [],
  );
  const shared = { ...topology, clouds: topology.clouds.map((cloud) => ({ ...cloud, account: "sample-project" })) };
  assert.equal(
    separateClouds(emit(shared, active, library).artifacts, shared).map(({ message }) => message),
    [],
  );
});

test("one cloud has nobody to be kept apart from", () => {
  const alone = { ...topology, clouds: [named("gcp")] };
  assert.equal(separateClouds(emit(topology, active, library).artifacts, alone), []);
});

test.run();
