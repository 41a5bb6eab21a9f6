import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { serialise } from "../../5-emit/serialise.ts";
import type { Topology } from "../../topology/index.ts";
import terraformTarget from "../terraform/index.ts";
import type { ArgoCdOptions } from "./options.ts";
import { gitUrl } from "./repository.ts";
import { library } from "../../../test/support/emit.ts";
import { emitted, fileOf } from "./test/emitted.ts";

const test = suite("Terraform objects");
const topology = await projectTopology();
const FOLDER = "generated/clusters/cluster-ultimate/terraform";

interface Spec {
  path: string;
  approvePlan: string;
  sourceRef: object;
  dependsOn?: { name: string }[];
  destroyResourcesOnDeletion: boolean;
  backendConfig: { customConfiguration: string };
  runnerPodTemplate: { spec: { env?: { name: string; value: string }[]; volumes?: object[]; volumeMounts?: object[] } };
}
const terraformOf = (name: string, given: Topology = topology, options: ArgoCdOptions = {}) =>
  fileOf(emitted(given, options), `${FOLDER}/${name}.yaml`)[0] as KubernetesObject & { spec: Spec };

test("an object per root, on the management cluster alone, and none for the state stores", () => {
  const files = emitted(topology)
    .map(({ path }) => path)
    .filter((path) => path.includes("/terraform/"));
  const roots = topology.terraformRoots
    .filter(({ kind }) => kind !== "state-store")
    .map(({ name }) => `${FOLDER}/${name.replace("/", "-")}.yaml`);
  assert.equal(files.sort(), [`${FOLDER}/repositories.yaml`, ...roots].sort());
});

test("a continuous root is applied; a gated one only watched", () => {
  assert.is(terraformOf("aws-cluster-paris").spec.approvePlan, "auto");
  assert.is(terraformOf("gcp-cluster-ultimate").spec.approvePlan, "disable");
  const { management } = topology;
  assert.is(
    topology.terraformRoots.find(({ cluster }) => cluster === management.name)!.apply,
    "gated",
    "no cluster applies its own root",
  );
});

test("the backend is the one of the root's own file", () => {
  const files = terraformTarget.emit(topology, undefined, library);
  for (const { name, path, kind } of topology.terraformRoots) {
    if (kind === "state-store") continue;
    const text = files
      .filter((file) => file.path.startsWith(`${path}/`))
      .map((file) => String(serialise(file)))
      .join("\n");
    const [own] = /^ *backend "[\s\S]*?^ *}$/m.exec(text) ?? [];
    const unindented = (block: string) =>
      block
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .join("\n");
    assert.is(
      unindented(terraformOf(name.replace("/", "-")).spec.backendConfig.customConfiguration),
      unindented(own!),
      name,
    );
  }
});

test("a root waits for those that the controller applies, not for those that CI does", () => {
  assert.equal(terraformOf("aws-cluster-paris").spec.dependsOn, [{ name: "aws-foundation" }]);
  assert.is(terraformOf("gcp-runners").spec.dependsOn, undefined, "gcp/foundation is gated");
});

test("removing an object needs a person, and leaves the cloud as it is", () => {
  for (const { name, kind } of topology.terraformRoots) {
    if (kind === "state-store") continue;
    const { metadata, spec } = terraformOf(name.replace("/", "-"));
    assert.is(metadata.annotations!["argocd.argoproj.io/sync-options"], "Prune=confirm,Delete=confirm");
    assert.is(spec.destroyResourcesOnDeletion, false);
  }
});

test("roots are read from their environment's revision", () => {
  const [staging, production] = fileOf(emitted(topology), `${FOLDER}/repositories.yaml`);
  const spec = {
    url: "https://github.com/acme/ultimate.git",
    interval: "5m",
    timeout: "1m",
    sparseCheckout: ["generated/terraform", "terraform-modules"],
  };
  assert.equal([staging!.metadata.name, staging!["spec"]], ["ultimate-staging", { ...spec, ref: { branch: "main" } }]);
  assert.equal(
    [production!.metadata.name, production!["spec"]],
    ["ultimate-production", { ...spec, ref: { branch: "env/production" } }],
  );
  assert.equal(terraformOf("aws-cluster-paris").spec.sourceRef, {
    kind: "GitRepository",
    name: "ultimate-staging",
    namespace: "flux-system",
  });
});

test("a project in a folder", () => {
  const given = { ...topology, repository: { ...topology.repository, path: "deploy" } };
  assert.is(terraformOf("aws-foundation", given).spec.path, "./deploy/generated/terraform/aws/foundation");
  const [repository] = fileOf(emitted(given), `${FOLDER}/repositories.yaml`) as (KubernetesObject & {
    spec: { sparseCheckout: string[] };
  })[];
  assert.equal(repository!.spec.sparseCheckout, ["deploy/generated/terraform", "deploy/terraform-modules"]);
});

test("the repository's secret is named where the config names one", () => {
  const [repository] = fileOf(
    emitted(topology, { repositorySecret: "deploy-key" }),
    `${FOLDER}/repositories.yaml`,
  ) as (KubernetesObject & { spec: object })[];
  assert.equal((repository!.spec as { secretRef: object }).secretRef, { name: "deploy-key" });
});

const IDENTITIES: ArgoCdOptions["identities"] = {
  gcp: {
    provider: "projects/1/locations/global/workloadIdentityPools/p/providers/m",
    serviceAccount: "tf@acme.iam.gserviceaccount.com",
  },
  aws: { role: "arn:aws:iam::111122223333:role/terraform" },
  azure: { clientId: "00000000-0000-0000-0000-000000000009" },
};
const TOKEN = "/var/run/secrets/cloud/token";
const EXCHANGES: [root: string, audience: string, env: Record<string, string>][] = [
  [
    "aws-foundation",
    "sts.amazonaws.com",
    {
      AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/terraform",
      AWS_WEB_IDENTITY_TOKEN_FILE: TOKEN,
      AWS_ROLE_SESSION_NAME: "tofu-controller",
    },
  ],
  [
    "azure-foundation",
    "api://AzureADTokenExchange",
    {
      ARM_USE_OIDC: "true",
      ARM_OIDC_TOKEN_FILE_PATH: TOKEN,
      ARM_CLIENT_ID: "00000000-0000-0000-0000-000000000009",
      ARM_TENANT_ID: "00000000-0000-0000-0000-000000000002",
      ARM_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000001",
    },
  ],
];
for (const [root, audience, env] of EXCHANGES) {
  test(`${root}: the runner takes on the identity with a short-lived token`, () => {
    const { spec } = terraformOf(root, topology, { identities: IDENTITIES }).spec.runnerPodTemplate;
    assert.equal(Object.fromEntries(spec.env!.map(({ name, value }) => [name, value])), env);
    assert.equal(spec.volumes, [
      {
        name: "cloud-token",
        projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: "token" } }] },
      },
    ]);
    assert.equal(spec.volumeMounts, [{ name: "cloud-token", mountPath: "/var/run/secrets/cloud", readOnly: true }]);
  });
}

test("gcp-foundation: the credentials are a description of the exchange, and no key", () => {
  const { spec } = terraformOf("gcp-foundation", topology, { identities: IDENTITIES }).spec.runnerPodTemplate;
  const credentials = JSON.parse(spec.env!.find(({ name }) => name === "GOOGLE_CREDENTIALS")!.value) as Record<
    string,
    unknown
  >;
  assert.equal(
    [credentials["type"], credentials["audience"], credentials["credential_source"]],
    ["external_account", `//iam.googleapis.com/${IDENTITIES.gcp!.provider}`, { file: TOKEN, format: { type: "text" } }],
  );
  assert.match(
    String(credentials["service_account_impersonation_url"]),
    /serviceAccounts\/tf@acme\.iam\.gserviceaccount\.com:generateAccessToken$/,
  );
  assert.not.ok("private_key" in credentials);
});

test("without identities the runner gets no token", () => {
  const { spec } = terraformOf("aws-foundation").spec.runnerPodTemplate;
  assert.equal([spec.env, spec.volumes], [undefined, undefined]);
});

const URLS: [string, string][] = [
  ["https://github.com/acme/x.git", "https://github.com/acme/x.git"],
  ["ssh://git@github.com/acme/x.git", "ssh://git@github.com/acme/x.git"],
  ["ssh://git@host:2222/acme/x.git", "ssh://git@host:2222/acme/x.git"],
  ["git@github.com:acme/x.git", "ssh://git@github.com/acme/x.git"],
  ["host.example:acme/x.git", "ssh://git@host.example/acme/x.git"],
];
for (const [url, expected] of URLS) test(`Flux reads ${url} from ${expected}`, () => assert.is(gitUrl(url), expected));

test.run();
