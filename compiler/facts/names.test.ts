import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { CloudKind } from "../config/model/clouds.ts";
import {
  analysisTemplate,
  canaryService,
  cloudIdentity,
  compose,
  identityAnnotations,
  LABEL_MAX,
  previewService,
  stateStoreName,
} from "./names.ts";

const part = fc.stringMatching(/^[a-z]([-a-z0-9]{0,60}[a-z0-9])?$/);
const RFC_1123_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

test("a composed name is a label, whatever its parts", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => RFC_1123_LABEL.test(compose(parts))),
  );
});

test("a composed name that fits is its parts", () => {
  assert.is(compose(["shop", "canary"]), "shop-canary");
  assert.is(compose(["a".repeat(56), "canary"]), `${"a".repeat(56)}-canary`);
});

test("names that only differ behind the cut stay apart", () => {
  const long = "a".repeat(80);
  const names = [compose([long, "canary"]), compose([long, "preview"]), compose([`${long}b`, "canary"])];
  assert.is(new Set(names).size, 3);
  for (const name of names) assert.is(name.length, LABEL_MAX);
  fc.assert(fc.property(part, part, (a, b) => a === b || canaryService(a) !== canaryService(b)));
});

test("no dash doubles at the cut", () => {
  const name = compose([`${"a".repeat(53)}-bbbbbbb`, "canary"]);
  assert.match(name, /^a+-[0-9a-f]{8}$/);
});

test("the Services and analyses of one workload differ", () => {
  fc.assert(
    fc.property(
      part,
      (service) =>
        new Set([
          service,
          canaryService(service),
          previewService(service),
          ...["watch", "gate", "pre", "post"].map((use) => analysisTemplate(service, use)),
        ]).size === 7,
    ),
  );
});

// https://cloud.google.com/storage/docs/buckets#naming
const GCS = (name: string) =>
  /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(name) && !name.startsWith("goog") && !name.includes("google");
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const S3 = (name: string) =>
  /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(name) &&
  !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3)$/.test(name);
// https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage
const AZURE = (name: string) => /^[a-z0-9]{3,24}$/.test(name);

const ecosystem = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
const stores = [
  [
    "gcp",
    GCS,
    fc.oneof(
      fc.stringMatching(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/),
      fc.constantFrom("example.com:legacy", "google-samples", "acme-googol"),
    ),
  ],
  ["aws", S3, fc.stringMatching(/^[0-9]{12}$/)],
  ["azure", AZURE, fc.uuid()],
] as const;
/** The store of an account, for an entry that is called by its kind or has a name of its own. */
const storeOf = (kind: CloudKind, ecosystem: string, account: string, name: string = kind): string =>
  stateStoreName({ name, kind, account }, ecosystem);

for (const [cloud, valid, account] of stores) {
  test(`two entries of one account on ${cloud} have a store each, whose name it takes`, () => {
    fc.assert(
      fc.property(ecosystem, account, part, part, (name, id, entry, other) => {
        const [one, another] = [storeOf(cloud, name, id, entry), storeOf(cloud, name, id, other)];
        return valid(one) && (entry === other || one !== another) && one !== storeOf(cloud, name, id);
      }),
    );
  });
  test(`a state store's name is one that ${cloud} takes`, () => {
    fc.assert(fc.property(ecosystem, account, (name, id) => valid(storeOf(cloud, name, id))));
  });
  test(`state stores of two ecosystems or accounts differ on ${cloud}`, () => {
    fc.assert(
      fc.property(
        ecosystem,
        ecosystem,
        account,
        account,
        (name, other, id, otherId) =>
          (name === other && id === otherId) ||
          `${name}-${id}` === `${other}-${otherId}` ||
          storeOf(cloud, name, id) !== storeOf(cloud, other, otherId),
      ),
    );
  });
}

test("a state store's name stays what it is", () => {
  assert.equal(
    [
      storeOf("gcp", "acme", "acme-platform"),
      storeOf("aws", "acme", "111122223333"),
      storeOf("azure", "acme-shop", "00000000-0000-0000-0000-000000000001"),
    ],
    ["acme-acme-platform-tfstate", "acme-111122223333-tfstate", "acmeshoptfstatecccc45"],
  );
});

const cluster = fc.stringMatching(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])$/);
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const serviceAccount = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?$/);
const IDENTITIES = [
  // https://cloud.google.com/iam/docs/service-accounts-create
  ["gcp", /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  ["aws", /^[\w+=,.@-]{1,64}$/],
  // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagedidentity
  ["azure", /^[A-Za-z0-9][\w-]{2,119}$/],
] as const;
for (const [cloud, valid] of IDENTITIES) {
  test(`the name of a service account's identity is one that ${cloud} takes`, () => {
    fc.assert(
      fc.property(cluster, part, serviceAccount, (name, namespace, account) =>
        valid.test(cloudIdentity({ name, cloudKind: cloud }, namespace, account)),
      ),
    );
  });
  test(`identities of two service accounts or clusters differ on ${cloud}`, () => {
    const joined = (parts: readonly string[]) => parts.join("-").replaceAll(".", "-");
    const triple = fc.tuple(cluster, part, serviceAccount);
    fc.assert(
      fc.property(
        triple,
        triple,
        (one, other) =>
          joined(one) === joined(other) ||
          cloudIdentity({ name: one[0], cloudKind: cloud }, one[1], one[2]) !==
            cloudIdentity({ name: other[0], cloudKind: cloud }, other[1], other[2]),
      ),
    );
  });
}

test("the name of an identity stays what it is", () => {
  const nameOn = (cloud: "gcp" | "aws" | "azure", name = "main", account = "cert-manager") =>
    cloudIdentity({ name, cloudKind: cloud }, "cert-manager", account);
  assert.equal(
    [nameOn("gcp"), nameOn("gcp", "cluster-ultimate"), nameOn("aws", "cluster-paris"), nameOn("azure", "aks", "a.b")],
    [
      "main-cert-manager-cert-manager",
      "cluster-ultimate-cert-c5d8a319",
      "cluster-paris-cert-manager-cert-manager",
      "aks-cert-manager-a-b",
    ],
  );
});

test("a service account is annotated where its identity follows from names, and needs it", () => {
  const annotations = (cloud: "gcp" | "aws" | "azure") =>
    identityAnnotations(
      { name: "cluster-ultimate", cloudKind: cloud, account: "acme-platform" },
      "dns",
      "external-dns",
    );
  assert.equal(
    [annotations("gcp"), annotations("aws"), annotations("azure")],
    [
      {
        "iam.gke.io/gcp-service-account": "cluster-ultimate-dns-5f4d17ea@acme-platform.iam.gserviceaccount.com",
      },
      {},
      {},
    ],
  );
});

test.run();
