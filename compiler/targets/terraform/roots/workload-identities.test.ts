import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkModule } from "../../../../lab/conformance/terraform/check-module.ts";
import { topologyOf } from "../../../../test/support/topology.ts";
import type { Ecosystem } from "../../../config/model/ecosystem.ts";
import { addonPath, identityAnnotations } from "../../../facts/names.ts";
import type { Addon, CloudPermission } from "../../../topology/addons.ts";
import type { Topology } from "../../../topology/index.ts";
import { created, existing } from "../test/ecosystems.ts";
import { written } from "../test/written.ts";

const DNS: CloudPermission = {
  serviceAccount: "solver",
  gcp: ["roles/dns.admin", "roles/compute.viewer"],
  aws: [
    { actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
    { actions: ["route53:ListHostedZonesByName"], resources: ["*"] },
  ],
  azure: ["DNS Zone Contributor"],
};

/** A topology with these add-ons on every cluster: by name, each with its permissions and a namespace like its name. */
function withPermissions(topology: Topology, addons: Record<string, readonly CloudPermission[]>): Topology {
  const contributed = topology.clusters.flatMap(({ name: cluster, source }) =>
    Object.entries(addons).map(([name, permissions]): Addon => ({
      name,
      cluster,
      source,
      target: "certificates",
      namespace: name,
      wave: 1,
      serverSideApply: false,
      permissions,
      path: addonPath(cluster, name),
    })),
  );
  return { ...topology, platform: { ...topology.platform, addons: [...topology.platform.addons, ...contributed] } };
}

const ROOTS = { gcp: "gcp/gke", aws: "aws/eks", azure: "azure/aks" } as const;
type Cloud = keyof typeof ROOTS;
const clouds = Object.keys(ROOTS) as Cloud[];
const read = (topology: Topology, cloud: Cloud, file?: string) => written(topology).read(ROOTS[cloud], file);
const callsOf = async (topology: Topology, cloud: Cloud) => {
  const { cluster: _cluster, ...calls } = (await read(topology, cloud)).module;
  return Object.fromEntries(
    Object.entries<any>(calls).map(([name, [{ source, ...inputs }]]) => {
      assert.match(source, new RegExp(`/terraform-modules/${cloud}/workload-identity$`));
      return [name, inputs];
    }),
  );
};

const KINDS: Record<string, Ecosystem> = { "is made": created, "is there": existing };
for (const [kind, config] of Object.entries(KINDS)) {
  const topology = withPermissions(topologyOf(config), { "cert-manager": [DNS] });

  test(`gcp: a cluster that ${kind} gives a service account its roles`, async () => {
    assert.equal(await callsOf(topology, "gcp"), {
      "identity_cert-manager_solver": {
        name: "gke-cert-manager-solver",
        project: "all-project",
        workload_identity_pool: "${module.cluster.workload_identity_pool}",
        namespace: "cert-manager",
        service_account: "solver",
        roles: ["roles/compute.viewer", "roles/dns.admin"],
      },
    });
  });

  test(`aws: a cluster that ${kind} gives a service account its role`, async () => {
    assert.equal(await callsOf(topology, "aws"), {
      "identity_cert-manager_solver": {
        name: "eks-cert-manager-solver",
        cluster_name: "${module.cluster.cluster_name}",
        cluster_id: "${module.cluster.cluster_id}",
        namespace: "cert-manager",
        service_account: "solver",
        statements: DNS.aws,
        tags: { "managed-by": "eco-compile", ecosystem: "all", environment: "trial", cluster: "eks" },
      },
    });
  });

  test(`azure: a cluster that ${kind} gives a service account its identity`, async () => {
    assert.equal(await callsOf(topology, "azure"), {
      "identity_cert-manager_solver": {
        name: "aks-cert-manager-solver",
        subscription_id: "00000000-0000-0000-0000-000000000001",
        resource_group_name:
          '${data.terraform_remote_state.foundation.outputs.networks["westeurope"].resource_group_name}',
        region: "westeurope",
        oidc_issuer: "${module.cluster.oidc_issuer}",
        namespace: "cert-manager",
        service_account: "solver",
        roles: ["DNS Zone Contributor"],
        tags: { "managed-by": "eco-compile", ecosystem: "all", environment: "first", cluster: "aks" },
      },
    });
  });

  test(`the roots of clusters that ${kind} fit the providers' schemas and the modules that they call`, async () => {
    const { folder, roots } = written(topology);
    for (const root of roots) assert.equal(await checkModule(`${folder}/${root}`), [], root);
  });
}

for (const cloud of clouds) {
  test(`${cloud}: the root puts out what each service account is in the cloud`, async () => {
    const topology = withPermissions(topologyOf(created), { "cert-manager": [DNS], dns: [DNS] });
    const { output } = await read(topology, cloud, "outputs.tf");
    assert.equal(output.workload_identities[0].value, {
      "cert-manager/solver": "${module.identity_cert-manager_solver.identity}",
      "dns/solver": "${module.identity_dns_solver.identity}",
    });
  });

  test(`${cloud}: what is asked for on other clouds alone is nothing here, and changes no byte`, () => {
    const { [cloud]: _own, ...others } = DNS;
    const bare = topologyOf(created);
    const asked = withPermissions(bare, { "cert-manager": [others as CloudPermission] });
    const bytes = (topology: Topology) => {
      const { folder } = written(topology);
      const { path } = topology.terraformRoots.find(({ name }) => name === ROOTS[cloud])!;
      return ["main", "outputs", "versions"].map((file) => readFileSync(`${folder}/${path}/${file}.tf`, "utf8"));
    };
    assert.equal(bytes(asked), bytes(bare));
  });
}

test("the annotation of a service account on gcp is the address of the identity that its root makes", async () => {
  const topology = withPermissions(topologyOf(created), { "cert-manager-with-a-long-name": [DNS] });
  const [call] = Object.values(await callsOf(topology, "gcp"));
  const cluster = topology.clusters.find(({ name }) => name === "gke")!;
  assert.equal(identityAnnotations(cluster, "cert-manager-with-a-long-name", "solver"), {
    "iam.gke.io/gcp-service-account": `${call!.name}@${call!.project}.iam.gserviceaccount.com`,
  });
});

test("a service account that is asked for twice has one identity, with both", async () => {
  const more: CloudPermission = {
    serviceAccount: "solver",
    gcp: ["roles/dns.admin", "roles/dns.reader"],
    aws: [{ actions: ["route53:ListHostedZones"], resources: ["*"] }],
    azure: ["Reader"],
  };
  const topology = withPermissions(topologyOf(created), { "cert-manager": [DNS, more] });
  const rights = async (cloud: Cloud) => Object.values(await callsOf(topology, cloud));
  assert.equal(
    [
      (await rights("gcp")).map(({ roles }) => roles),
      (await rights("aws")).map(({ statements }) => statements.length),
      (await rights("azure")).map(({ roles }) => roles),
    ],
    [[["roles/compute.viewer", "roles/dns.admin", "roles/dns.reader"]], [3], [["DNS Zone Contributor", "Reader"]]],
  );
});

test("service accounts that differ in a dot are two", async () => {
  const permissions = ["a.b", "a-b"].map((serviceAccount) => ({ ...DNS, serviceAccount }));
  const topology = withPermissions(topologyOf(created), { dns: permissions });
  assert.equal(Object.keys(await callsOf(topology, "aws")), ["identity_dns_a-b", "identity_dns_a_b"]);
});

const EMPTY: Record<string, Omit<CloudPermission, "serviceAccount">> = {
  "no cloud": {},
  "no role on gcp": { gcp: [], aws: DNS.aws! },
  "no statement on aws": { aws: [] },
  "no action on aws": { aws: [{ actions: [], resources: ["*"] }] },
  "no resource on aws": { aws: [{ actions: ["route53:GetChange"], resources: [] }] },
  "no role on azure": { azure: [] },
};
for (const [what, rights] of Object.entries(EMPTY)) {
  test(`a permission that names ${what} is a mistake of its target`, () => {
    const topology = withPermissions(topologyOf(created), {
      "cert-manager": [{ serviceAccount: "solver", ...rights }],
    });
    assert.throws(
      () => written(topology),
      (error: Error) =>
        error.message === "certificates: the add-on cert-manager asks for rights of solver and names none",
    );
  });
}

test("a vendored library carries the module where a root calls it, and not elsewhere", () => {
  const vendored = topologyOf({ ...created, library: "vendored" });
  const carried = (topology: Topology) =>
    written(topology)
      .paths.filter((path) => path.endsWith("/workload-identity/main.tf"))
      .map((path) => path.split("/").at(-3));
  assert.equal(carried(vendored), []);
  assert.equal(carried(withPermissions(vendored, { dns: [{ serviceAccount: "solver", aws: DNS.aws! }] })), ["aws"]);
});

test.run();
