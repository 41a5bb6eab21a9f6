/**
 * What the AWS roots say without the AWS provider, by Terraform itself against moto: where their states are, how they
 * are locked, and how one root reads another's. And what moto does otherwise than AWS, on which aws.lab.ts relies.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import { startMoto, type Moto } from "../../components/moto.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { beginRun, endRun, type Run } from "../../run.ts";
import { MOTO_VERSION, rootIn, terraformEnvironment, type Finding, type Root } from "./aws-lab.ts";
import type { Body } from "./hcl.ts";
import { attributeOf, readModule } from "./module.ts";
import { terraformVersion } from "./real-terraform.ts";

const test = labSuite("terraform: states in moto", ["terraform", "moto_server"]);

const { accounts, terraformRoots } = await topologyOf("", ["accounts", "terraformRoots"]);
const { account } = accounts.find(({ name }) => name === "aws")!;
const REGION = "eu-west-3";
const stored = terraformRoots.filter(({ cloud, kind }) => cloud === "aws" && kind !== "state-store");

let moto: Moto;
let run: Run;
let environment: NodeJS.ProcessEnv;
test.after(async () => {
  if (run) endRun(run);
  await moto?.stop();
});

const s3 = (method: string, path: string, body?: string) =>
  moto.request({ service: "s3", region: REGION, method, path, ...(body === undefined ? {} : { body }) });
const texts = (findings: readonly Finding[]): string => findings.map(({ text }) => text).join("\n");

const write = ({ attributes }: Body): string =>
  attributes.map(({ name, expression }) => `    ${name} = ${expression}\n`).join("");

/** A root with the backend of a generated one, and nothing of the provider's. */
async function withBackendOf(path: string, content: string): Promise<Root> {
  const { settings } = await readModule(join(PACKAGE_ROOT, path));
  const backend = settings.find(({ type }) => type === "backend")!;
  const folder = join(run.folder, path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.tf"), `terraform {\n  backend "s3" {\n${write(backend.body)}  }\n}\n\n${content}`);
  const root = rootIn(run, folder, environment);
  await root.init();
  return root;
}

/** What a generated root's backend says, without its quotes. */
async function backendArgument(path: string, name: string): Promise<string> {
  const { settings } = await readModule(join(PACKAGE_ROOT, path));
  return JSON.parse(attributeOf(settings.find(({ type }) => type === "backend")!.body, name)!.expression) as string;
}

const NETWORKS = { [REGION]: { network_id: "vpc-1", subnet_ids: ["subnet-1", "subnet-2", "subnet-3"] } };
const output = (name: string, value: unknown): string =>
  `output ${JSON.stringify(name)} {\n  value = ${typeof value === "string" ? value : `jsondecode(${JSON.stringify(JSON.stringify(value))})`}\n}\n`;

test("an account comes up, with the store's bucket", async () => {
  moto = await startMoto({ account });
  run = beginRun("terraform");
  environment = terraformEnvironment(run, moto);
  assert.match(await moto.query("sts", REGION, "GetCallerIdentity"), `<Account>${account}</Account>`);
  const bucket = await backendArgument(stored[0]!.path, "bucket");
  await s3(
    "PUT",
    `/${bucket}`,
    `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`,
  );
});

for (const { path } of stored) {
  test(`${path} keeps its state in the store, encrypted with the store's key, one writer at a time`, async () => {
    const root = await withBackendOf(
      path,
      `resource "terraform_data" "this" {\n  input = "one"\n}\n\n${output("networks", NETWORKS)}`,
    );
    assert.is(texts(await root.apply()), "");
    const place = `/${await backendArgument(path, "bucket")}/${await backendArgument(path, "key")}`;
    const { headers, text } = await s3("GET", place);
    assert.is(headers.get("x-amz-server-side-encryption"), "aws:kms");
    assert.match(
      headers.get("x-amz-server-side-encryption-aws-kms-key-id") ?? "",
      await backendArgument(path, "kms_key_id"),
    );
    assert.equal(
      (JSON.parse(text) as { resources: { type: string }[] }).resources.map(({ type }) => type),
      ["terraform_data"],
    );
    await s3(
      "PUT",
      `${place}.tflock`,
      JSON.stringify({
        ID: "of-somebody",
        Operation: "OperationTypeApply",
        Who: "somebody@else",
        Version: "1.11.0",
        Created: "2026-01-01T00:00:00Z",
        Path: "",
      }),
    );
    assert.match(texts((await root.plan()).errors), /Error acquiring the state lock[^]*somebody@else/);
    await s3("DELETE", `${place}.tflock`);
    assert.equal(await root.plan(), { changes: [], errors: [] });
    record(
      {
        consumer: "Terraform",
        version: `${terraformVersion()}, moto ${MOTO_VERSION} as AWS`,
        judged: `reference, ${path.split("/").at(-1)}: its backend, with another root's content: state under its key, encrypted, locked`,
        count: 1,
        level: "reconciled",
      },
      [`${path}/versions.tf`],
    );
  });
}

test("the cluster's root reads the network from the foundation's state; caught: another key", async () => {
  const { path } = stored.find(({ kind }) => kind === "cluster")!;
  const { dataSources } = await readModule(join(PACKAGE_ROOT, path));
  const { body } = dataSources.get("terraform_remote_state.foundation")!;
  const data = (text: string): string => `data "terraform_remote_state" "foundation" {\n${text}}\n\n`;
  const read = output(
    "subnets",
    `data.terraform_remote_state.foundation.outputs.networks[${JSON.stringify(REGION)}].subnet_ids`,
  );
  const root = await withBackendOf(path, data(write(body)) + read);
  assert.is(texts(await root.apply()), "");
  const { text } = await s3("GET", `/${await backendArgument(path, "bucket")}/${await backendArgument(path, "key")}`);
  assert.equal(
    (JSON.parse(text) as { outputs: { subnets: { value: string[] } } }).outputs.subnets.value,
    NETWORKS[REGION]!.subnet_ids,
  );
  const other = await withBackendOf(
    path,
    data(write(body).replace("aws/foundation.tfstate", "aws/fundation.tfstate")) + read,
  );
  assert.match(texts((await other.plan()).errors), /Unable to find remote state|No stored state/);
  record(
    {
      consumer: "Terraform",
      version: `${terraformVersion()}, moto ${MOTO_VERSION} as AWS`,
      judged: "reference: the cluster's root finds the foundation's outputs in the store; another key is refused",
      count: 1,
      level: "reconciled",
    },
    [`${path}/main.tf`],
  );
});

// --- Where moto is not like AWS
// ------------------------------------------------------------------------------------------

test("moto refuses every object of a bucket whose policy denies under conditions: it judges none", async () => {
  await s3(
    "PUT",
    "/limits",
    `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`,
  );
  await s3("PUT", "/limits/object", "1");
  // On AWS this one would hit nobody: no request has so old a TLS.
  const statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::limits", "arn:aws:s3:::limits/*"],
    Condition: { NumericLessThan: { "s3:TlsVersion": "0.1" } },
  };
  await s3("PUT", "/limits?policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  assert.match(
    await s3("GET", "/limits/object").then(
      ({ text }) => text,
      ({ message }: Error) => message,
    ),
    /: 403/,
  );
  await s3("DELETE", "/limits?policy");
  assert.is((await s3("GET", "/limits/object")).text, "1");
});

test("moto drops newer_noncurrent_versions from a bucket's lifecycle", async () => {
  const rule =
    "<ID>rule</ID><Filter/><Status>Enabled</Status><NoncurrentVersionExpiration><NewerNoncurrentVersions>20</NewerNoncurrentVersions><NoncurrentDays>365</NoncurrentDays></NoncurrentVersionExpiration>";
  await s3(
    "PUT",
    "/limits?lifecycle",
    `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule>${rule}</Rule></LifecycleConfiguration>`,
  );
  const { text } = await s3("GET", "/limits?lifecycle");
  assert.match(text, "<NoncurrentDays>365</NoncurrentDays>");
  assert.not.match(text, "NewerNoncurrentVersions");
});

test("moto drops the tags that a bucket is made with", async () => {
  await s3(
    "PUT",
    "/tagged",
    `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${REGION}</LocationConstraint><Tags><Tag><Key>key</Key><Value>value</Value></Tag></Tags></CreateBucketConfiguration>`,
  );
  assert.match(
    await s3("GET", "/tagged?tagging").then(
      ({ text }) => text,
      ({ message }: Error) => message,
    ),
    "NoSuchTagSet",
  );
});

test("moto has no add-ons, access entries and pod identities of EKS", async () => {
  const eks = (method: string, path: string, body: object) =>
    moto.request({
      service: "eks",
      region: REGION,
      method,
      path,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await eks("POST", "/clusters", {
    name: "limits",
    roleArn: "arn:aws:iam::111122223333:role/limits",
    resourcesVpcConfig: { subnetIds: [] },
  });
  for (const path of ["addons", "access-entries", "pod-identity-associations"]) {
    assert.match(
      await eks("POST", `/clusters/limits/${path}`, {}).then(
        () => "there",
        ({ message }: Error) => message,
      ),
      /: 404/,
      path,
    );
  }
});

test.run();
