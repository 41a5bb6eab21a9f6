import { test } from "uvu";
import * as assert from "uvu/assert";
import { awsMachines, ec2Size, karpenterPrices } from "./aws.ts";
import { azureMachines, azureSize } from "./azure.ts";
import { gcpMachines } from "./gcp.ts";
import { machineTable } from "./table.ts";

/** Sizes as the vendors' pages print them. */
const azure: Record<string, readonly [number, number] | undefined> = {
  Standard_D4s_v5: [4, 16],
  Standard_D16plds_v5: [16, 32],
  Standard_D2as_v6: [2, 8],
  Standard_D96s_v5: [96, 384],
  "Standard_D32-8s_v3": [8, 128],
  Standard_E8ds_v5: [8, 64],
  "Standard_E16-4s_v5": [4, 128],
  Standard_E20s_v5: [20, 160],
  Standard_E64s_v5: undefined,
  Standard_B2s: [2, 4],
  Standard_B2ms: [2, 8],
  Standard_B2ts_v2: [2, 1],
  Standard_B2ls_v2: [2, 4],
  Standard_B4as_v2: [4, 16],
  Standard_F16s_v2: [16, 32],
  Standard_F4als_v6: [4, 8],
  Standard_F4as_v6: [4, 16],
  Standard_F4ams_v6: [4, 32],
  Standard_DS2_v2: [2, 7],
  Standard_D5_v2: [16, 56],
  Standard_L8s_v3: [8, 64],
  Standard_A2_v2: [2, 4],
  Standard_A2m_v2: [2, 16],
  Standard_NC6s_v3: undefined,
  Standard_DC8s_v3: undefined,
  Standard_DS2_v2_Promo: undefined,
};
for (const [type, size] of Object.entries(azure)) test(type, () => assert.equal(azureSize(type), size));

const aws: Record<string, readonly [number, number] | undefined> = {
  "m8g.large": [2, 8],
  "m8g.medium": [1, 4],
  "c9g.xlarge": [4, 8],
  "r8i.24xlarge": [96, 768],
  "m8i-flex.2xlarge": [8, 32],
  "c5n.large": undefined,
  "m4.large": undefined,
  "m6i.metal": undefined,
  "g6f.xlarge": undefined,
};
for (const [type, size] of Object.entries(aws)) test(type, () => assert.equal(ec2Size(type), size));

test("a price of dedicated tenancy is left out, and so is one that nothing confirms", () => {
  const home = {
    region: "us-east-1",
    prices: new Map([
      ["m6i.large", 0.1],
      ["m6i.xlarge", 0.2],
      ["m6i.2xlarge", 0.4],
      ["z1d.large", 0.2],
    ]),
  };
  const elsewhere = {
    "m6i.large": { "eu-west-3": 0.12, "eu-west-1": 0 },
    "m6i.xlarge": { "eu-west-3": 0.24, "us-east-1": 9 },
    "m6i.2xlarge": { "eu-west-3": 0.528 },
    "z1d.large": { "eu-west-3": 0.25 },
  };
  const types = Object.fromEntries([...home.prices.keys()].map((type) => [type, { ram: 8192, extra: { vcpu: "2" } }]));
  const prices = Object.fromEntries(
    awsMachines(types, home, elsewhere).map(({ type, hourly }) => [type, Object.fromEntries(hourly)]),
  );
  assert.equal(prices, {
    "m6i.large": { "eu-west-3": 0.12, "us-east-1": 0.1 },
    "m6i.xlarge": { "eu-west-3": 0.24, "us-east-1": 0.2 },
    "m6i.2xlarge": { "us-east-1": 0.4 },
    "z1d.large": { "us-east-1": 0.2 },
  });
});

test("price lists of both Karpenter providers are read", () => {
  assert.equal(
    [...karpenterPrices('\t\t"a1.2xlarge": 0.204000, "c5.metal": 4.08,')],
    [
      ["a1.2xlarge", 0.204],
      ["c5.metal", 4.08],
    ],
  );
  const [row, ...others] = azureMachines(
    'initialOnDemandPrices["westeurope"] = map[string]float64{\n"Standard_D4s_v5": 0.230000,\n"Standard_D8s_v5": 0.000000,\n"Dsv3_Type3": 6.599000,\n}',
  );
  assert.equal(
    [row!.type, row!.cores, row!.mebibytes, [...row!.hourly]],
    ["Standard_D4s_v5", 4, 16384, [["westeurope", 0.23]]],
  );
  assert.equal(others, []);
});

test("a price on GCP is the sum of its parts, and unknown where one of them is", () => {
  const part = (price: number) => ({ on_demand: { "europe-west1": { price }, "europe-west2": { price: 0 } } });
  const rows = new Map(gcpMachines({ e2: { cpu: part(0.02), ram: part(0.003) } }).map((row) => [row.type, row]));
  assert.equal([...rows.get("e2-standard-4")!.hourly], [["europe-west1", 0.128]]);
  assert.equal([...rows.get("e2-medium")!.hourly], [["europe-west1", 0.032]]);
  assert.is(rows.get("e2-medium")!.cores, 2);
  assert.is(rows.get("n1-highcpu-16")!.mebibytes, 14_746);
  assert.not(rows.has("e2-highmem-32"));
  assert.equal([...rows.get("n2-standard-4")!.hourly], []);
});

test("a table has a line per type, in order", () => {
  const table = machineTable([
    { type: "b", cores: 2, mebibytes: 4096, hourly: new Map([["south", 2]]) },
    { type: "a", cores: 1, mebibytes: 2048, hourly: new Map([["north", 1]]) },
    { type: "c", cores: 1, mebibytes: 2048, hourly: new Map() },
  ]);
  assert.is(
    table,
    '{\n  "regions": ["north","south"],\n  "types": {\n    "a": [1,2048,1],\n    "b": [2,4096,null,2],\n    "c": [1,2048]\n  }\n}\n',
  );
});

test.run();
