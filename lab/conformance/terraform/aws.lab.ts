/**
 * The reference ecosystem's AWS roots with the real provider, in the order of a platform's life: the store of the
 * states, the foundation, the cluster; applied to moto, planned again without a difference, changed behind Terraform's
 * back, destroyed. What moto cannot do stands in moto-limits.ts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import { startMoto, type Moto } from "../../components/moto.ts";
import { labSuite } from "../../lab-suite.ts";
import { record, type Row } from "../../record/notes.ts";
import {
  copyAwsTree,
  MOTO_VERSION,
  PROVIDER_VERSION,
  WITH_MOTO,
  type AwsTree,
  type Finding,
  type Override,
  type Root,
} from "./aws-lab.ts";
import { FORGOTTEN, FORGOTTEN_AT_FIRST, NOT_THERE } from "./moto-limits.ts";

const test = labSuite("terraform: AWS roots in moto", WITH_MOTO);

const { accounts } = await topologyOf("", ["accounts"]);
const { account } = accounts.find(({ name }) => name === "aws")!;
const REGION = "eu-west-3";
const STORE = `ultimate-${account}-tfstate`;

let moto: Moto;
let tree: AwsTree;
test.after(async () => {
  tree?.stop();
  await moto?.stop();
});

const row = (root: string, judged: string, rest: Omit<Partial<Row>, "judged"> & { count: number }): void =>
  record(
    {
      consumer: "Terraform with the AWS provider",
      version: `provider ${PROVIDER_VERSION}, moto ${MOTO_VERSION} as AWS`,
      judged: `reference, ${root}: ${judged}`,
      level: "reconciled",
      ...rest,
    },
    fastGlob.sync(`generated/terraform/aws/${root}/*.tf`, { cwd: PACKAGE_ROOT }),
  );

const texts = (findings: readonly Finding[]): string =>
  findings.map(({ address, text }) => `${address}: ${text}`).join("\n");

async function applied(root: Root): Promise<void> {
  assert.is(texts(await root.apply()), "");
}

async function unchanged(root: Root): Promise<void> {
  const { changes, errors } = await root.plan();
  assert.is(texts(errors), "");
  assert.equal(changes, []);
}

const s3 = (method: string, path: string, rest: { headers?: Record<string, string>; body?: string } = {}) =>
  moto.request({ service: "s3", region: REGION, method, path, ...rest });

// --- The store of the states -----------------------------------------------------------------------------------------

/**
 * moto drops newer_noncurrent_versions (moto.lab.ts), and the provider would wait three minutes for it: the rule
 * without it.
 */
const STORE_IN_MOTO: Override["resource"] = {
  aws_s3_bucket_lifecycle_configuration: {
    this: {
      rule: [
        {
          id: "replaced-states",
          status: "Enabled",
          filter: [{}],
          noncurrent_version_expiration: [{ noncurrent_days: "${var.noncurrent_days}" }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    },
  },
};

test("state-store: applied with local state, planned again without a difference", async () => {
  moto = await startMoto({ account });
  tree = copyAwsTree(PACKAGE_ROOT, moto);
  tree.override("state-store", { resource: STORE_IN_MOTO });
  const root = tree.root("state-store");
  await root.init();
  assert.match(readFileSync(join(root.folder, ".terraform.lock.hcl"), "utf8"), `version     = "${PROVIDER_VERSION}"`);
  await applied(root);
  await root.plan();
  assert.equal(await root.differences(), FORGOTTEN_AT_FIRST);
  await applied(root);
  await unchanged(root);
  const about = async (what: string): Promise<string> => (await s3("GET", `/${STORE}?${what}`)).text;
  assert.match(await about("versioning"), "<Status>Enabled</Status>");
  assert.match(await about("encryption"), /<SSEAlgorithm>aws:kms<\/SSEAlgorithm>/);
  assert.match(await about("publicAccessBlock"), /<RestrictPublicBuckets>true<\/RestrictPublicBuckets>/i);
  assert.match(await about("tagging"), "<Key>managed-by</Key><Value>eco-compile</Value>");
  assert.match(await about("policy"), /"aws:SecureTransport":\s*"false"/);
  row("state-store", "applied, planned again without a difference", {
    count: (await managed(root)).length,
    verdict:
      "passed, but for newer_noncurrent_versions, which moto drops, and a new bucket's tags, which moto takes when they are applied again",
  });
});

const managed = async (root: Root): Promise<string[]> =>
  (await root.state()).filter((address) => !/(^|\.)data\./.test(address));

test("caught: another account than the config's", async () => {
  const other = await startMoto({ account: "999999999999" });
  const theirs = copyAwsTree(PACKAGE_ROOT, other);
  try {
    const root = theirs.root("state-store");
    await root.init();
    assert.match(texts((await root.plan()).errors), /AWS account ID not allowed: 999999999999/);
  } finally {
    theirs.stop();
    await other.stop();
  }
});

test("caught: a bucket policy that somebody has removed", async () => {
  // It stays away: moto judges no condition and would refuse every object (moto.lab.ts).
  await s3("DELETE", `/${STORE}?policy`);
  assert.equal((await tree.root("state-store").plan()).changes, [
    { address: "module.state_store.aws_s3_bucket_policy.this", action: "create" },
  ]);
});

// --- The foundation --------------------------------------------------------------------------------------------------

test("foundation: applied with its state in the store, planned again without a difference", async () => {
  const root = tree.root("foundation");
  await root.init();
  await applied(root);
  await unchanged(root);
  const { headers, text } = await s3("GET", `/${STORE}/aws/foundation.tfstate`);
  assert.is(headers.get("x-amz-server-side-encryption"), "aws:kms");
  assert.match(headers.get("x-amz-server-side-encryption-aws-kms-key-id") ?? "", `alias/${STORE}`);
  assert.equal(Object.keys((JSON.parse(text) as { outputs: object }).outputs), ["networks"]);
  row("foundation", "applied with its state in the store, planned again without a difference", {
    count: (await managed(root)).length,
  });
});

test("foundation: what is there is what the module promises", async () => {
  const { networkId } = await network();
  const within = { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": networkId };
  const subnets = await moto.query("ec2", REGION, "DescribeSubnets", within);
  assert.is(subnets.match(/<mapPublicIpOnLaunch>false<\/mapPublicIpOnLaunch>/g)?.length, 6);
  assert.is(
    (await moto.query("ec2", REGION, "DescribeNatGateways", within)).match(/<state>available<\/state>/g)?.length,
    3,
  );
  const closed = await moto.query("ec2", REGION, "DescribeSecurityGroups", {
    ...within,
    "Filter.2.Name": "group-name",
    "Filter.2.Value.1": "default",
  });
  assert.not.match(closed, /<cidrIp>/);
  const { logGroups } = await moto.json("logs", REGION, "Logs_20140328.DescribeLogGroups");
  assert.equal(
    logGroups.map(({ logGroupName, retentionInDays }: any) => [logGroupName, retentionInDays]),
    [["/vpc/ultimate-aws-eu-west-3/flow", 365]],
  );
  assert.match(logGroups[0].kmsKeyId, /^arn:aws:kms:/);
});

/** The network as the foundation's outputs have it. */
async function network(): Promise<{ networkId: string }> {
  const { text } = await s3("GET", `/${STORE}/aws/foundation.tfstate`);
  const { outputs } = JSON.parse(text) as { outputs: { networks: { value: Record<string, { network_id: string }> } } };
  return { networkId: outputs.networks.value[REGION]!.network_id };
}

test("caught: a state that somebody else has locked", async () => {
  const lock = `/${STORE}/aws/foundation.tfstate.tflock`;
  await s3("PUT", lock, {
    body: JSON.stringify({
      ID: "of-somebody",
      Operation: "OperationTypeApply",
      Who: "somebody@else",
      Version: "1.11.0",
      Created: "2026-01-01T00:00:00Z",
      Path: "",
    }),
  });
  assert.match(texts((await tree.root("foundation").plan()).errors), /Error acquiring the state lock[^]*somebody@else/);
  await s3("DELETE", lock);
});

test("caught: what somebody has changed by hand; applying mends it", async () => {
  const { networkId } = await network();
  const find = {
    "Filter.1.Name": "vpc-id",
    "Filter.1.Value.1": networkId,
    "Filter.2.Name": "group-name",
    "Filter.2.Value.1": "default",
  };
  const [, group] = /<groupId>(sg-\w+)<\/groupId>/.exec(
    await moto.query("ec2", REGION, "DescribeSecurityGroups", find),
  )!;
  await moto.query("ec2", REGION, "AuthorizeSecurityGroupIngress", {
    GroupId: group!,
    "IpPermissions.1.IpProtocol": "tcp",
    "IpPermissions.1.FromPort": "22",
    "IpPermissions.1.ToPort": "22",
    "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
  });
  const key = (await moto.json("logs", REGION, "Logs_20140328.DescribeLogGroups")).logGroups[0].kmsKeyId as string;
  await moto.json("kms", REGION, "TrentService.DisableKeyRotation", { KeyId: key });
  await moto.json("logs", REGION, "Logs_20140328.DeleteRetentionPolicy", {
    logGroupName: "/vpc/ultimate-aws-eu-west-3/flow",
  });
  const root = tree.root("foundation");
  assert.ok((await root.plan()).changes.length > 0);
  assert.equal(await root.differences(), {
    [`module.network_${REGION}.aws_cloudwatch_log_group.flow`]: ["retention_in_days"],
    [`module.network_${REGION}.aws_default_security_group.closed`]: ["ingress"],
    [`module.network_${REGION}.aws_kms_key.logs`]: ["enable_key_rotation"],
  });
  await applied(root);
  await unchanged(root);
});

// --- The cluster -----------------------------------------------------------------------------------------------------

const [CLUSTER, TEMPLATE, GROUP] = Object.keys(FORGOTTEN) as [string, string, string];
const ignoring = (address: string, ...others: string[]): object => ({
  lifecycle: { ignore_changes: [...others, ...FORGOTTEN[address]!] },
});
const none = { for_each: "${toset([])}" };

/** What moto cannot make. */
const WITHOUT: Override["resource"] = {
  aws_eks_addon: { before_nodes: none, after_nodes: none },
  aws_eks_pod_identity_association: { this: none },
};
/** What moto forgets of the first, and then of the node groups, is no difference. */
const CLUSTER_IN_MOTO: Override["resource"] = {
  ...WITHOUT,
  aws_eks_cluster: { this: ignoring(CLUSTER) },
  aws_launch_template: { nodes: ignoring(TEMPLATE) },
};
const ALL_IN_MOTO: Override["resource"] = {
  ...CLUSTER_IN_MOTO,
  aws_eks_node_group: { this: ignoring(GROUP, "scaling_config[0].desired_size") },
};

/** Of the plan's differences those of the resources that are named, which others follow from. */
const among = (
  differences: Record<string, string[]>,
  addresses: readonly string[],
): Record<string, readonly string[] | undefined> =>
  Object.fromEntries(addresses.map((address) => [address, differences[address]]));

test("cluster-paris: all that moto has is made with the foundation's outputs; the rest fails for want of moto's operations", async () => {
  const root = tree.root("cluster-paris");
  await root.init();
  const errors = await root.apply();
  const wanted = Object.entries(NOT_THERE).sort(([a], [b]) => (a < b ? -1 : 1));
  assert.equal(
    errors.map(({ address }) => address).sort(),
    wanted.map(([address]) => address),
  );
  for (const { address, text } of errors)
    assert.match(text, new RegExp(`operation error EKS: ${NOT_THERE[address]}, https response error StatusCode: 404`));
  const { text } = await moto.request({
    service: "eks",
    region: REGION,
    method: "GET",
    path: "/clusters/cluster-paris",
  });
  const { cluster } = JSON.parse(text);
  const { networkId } = await network();
  const subnets = await moto.query("ec2", REGION, "DescribeSubnets", {
    "Filter.1.Name": "vpc-id",
    "Filter.1.Value.1": networkId,
  });
  for (const id of cluster.resourcesVpcConfig.subnetIds) assert.match(subnets, `<subnetId>${id}</subnetId>`);
  assert.is(cluster.resourcesVpcConfig.endpointPublicAccess, false);
  assert.equal(cluster.logging.clusterLogging[0].types.sort(), [
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
  ]);
  row(
    "cluster-paris",
    `add-ons and pod identities fail, since moto has no ${[...new Set(Object.values(NOT_THERE))].join(" and no ")}`,
    { count: errors.length, verdict: "not judged: moto cannot" },
  );
});

test("cluster-paris: without what moto lacks it is made whole, and planned again without a difference but for what moto forgets", async () => {
  const root = tree.root("cluster-paris");
  tree.override("eks", { resource: WITHOUT });
  await root.plan();
  assert.equal(among(await root.differences(), [CLUSTER, TEMPLATE]), {
    [CLUSTER]: FORGOTTEN[CLUSTER],
    [TEMPLATE]: FORGOTTEN[TEMPLATE],
  });
  tree.override("eks", { resource: CLUSTER_IN_MOTO });
  await applied(root);
  await root.plan();
  assert.equal(await root.differences(), { [GROUP]: FORGOTTEN[GROUP] });
  tree.override("eks", { resource: ALL_IN_MOTO });
  await unchanged(root);
  const { text } = await moto.request({
    service: "eks",
    region: REGION,
    method: "GET",
    path: "/clusters/cluster-paris/node-groups",
  });
  const [name] = (JSON.parse(text) as { nodegroups: [string] }).nodegroups;
  const { nodegroup } = JSON.parse(
    (
      await moto.request({
        service: "eks",
        region: REGION,
        method: "GET",
        path: `/clusters/cluster-paris/node-groups/${name}`,
      })
    ).text,
  );
  assert.equal(nodegroup.scalingConfig, { minSize: 3, maxSize: 6, desiredSize: 3 });
  row(
    "cluster-paris",
    "applied without add-ons and pod identities, its network from the foundation's state; planned again without a difference",
    {
      count: (await managed(root)).length,
      verdict: `passed, but for what moto forgets: ${Object.entries(FORGOTTEN)
        .map(([address, names]) => `${names.join(", ")} of ${address.replace(/^module\.cluster\.|\[.*$/g, "")}`)
        .join("; ")}`,
    },
  );
});

// --- The end ---------------------------------------------------------------------------------------------------------

test("nothing that holds data or keys is destroyed as long as the modules protect it", async () => {
  const refused: [string, RegExp][] = [
    [
      "cluster-paris",
      /Instance cannot be destroyed: Resource module\.cluster\.aws_kms_key\.this has lifecycle\.prevent_destroy set/,
    ],
    ["foundation", /Resource module\.network_eu-west-3\.aws_kms_key\.logs has lifecycle\.prevent_destroy set/],
    ["state-store", /Resource module\.state_store\.aws_(s3_bucket|kms_key)\.this has lifecycle\.prevent_destroy set/],
  ];
  for (const [name, error] of refused) assert.match(texts(await tree.root(name).destroy()), error, name);
});

test("without the protection all is destroyed, in the opposite order", async () => {
  const unprotected = { lifecycle: { prevent_destroy: false } };
  tree.override("eks", { resource: { ...ALL_IN_MOTO, aws_kms_key: { this: unprotected } } });
  tree.override("network", { resource: { aws_kms_key: { logs: unprotected } } });
  for (const name of ["cluster-paris", "foundation"]) {
    const root = tree.root(name);
    assert.is(texts(await root.destroy()), "", name);
    assert.equal(await root.state(), [], name);
  }
  assert.equal(
    JSON.parse((await moto.request({ service: "eks", region: REGION, method: "GET", path: "/clusters" })).text)
      .clusters,
    [],
  );
  assert.is(
    (await moto.query("ec2", REGION, "DescribeVpcs")).match(/<isDefault>/g)?.length,
    1,
    "only the account's default VPC is left",
  );
  assert.not.match(await moto.query("iam", REGION, "ListRoles"), /<RoleName>/);
  row("{foundation,cluster-paris}", "destroyed without a rest, once the modules' protection was taken off", {
    count: 2,
  });
});

test("the store is destroyed last, and not while it holds a state", async () => {
  const root = tree.root("state-store");
  const unprotected = { lifecycle: { prevent_destroy: false } };
  // The policy would keep everybody from emptying it, since moto judges no condition.
  const store: Override["resource"] = {
    ...STORE_IN_MOTO,
    aws_kms_key: { this: unprotected },
    aws_s3_bucket_policy: { this: { count: 0 } },
  };
  tree.override("state-store", { resource: { ...store, aws_s3_bucket: { this: unprotected } } });
  assert.match(texts(await root.destroy()), /BucketNotEmpty/);
  // By then the versioning is gone from the state and suspended, in which moto cannot delete a marker of a deletion: it
  // fails with 500.
  await s3("PUT", `/${STORE}?versioning`, {
    body: '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>',
  });
  tree.override("state-store", {
    resource: { ...store, aws_s3_bucket: { this: { ...unprotected, force_destroy: true } } },
  });
  assert.is(texts(await root.apply("-target=module.state_store.aws_s3_bucket.this")), "");
  assert.is(texts(await root.destroy()), "");
  assert.equal(await root.state(), []);
  row(
    "state-store",
    "not destroyed while it holds states; destroyed with them once the module's protection was taken off",
    { count: 1 },
  );
});

test.run();
