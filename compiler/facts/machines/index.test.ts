import { test } from "uvu";
import * as assert from "uvu/assert";
import { machines, machinesFrom } from "./index.ts";

const GIB = 2 ** 30;

test("a size, and the price in its region", () => {
  const { find } = machinesFrom(() => ({
    regions: ["north", "south"],
    types: { small: [2, 4096, 0.1, null], other: [4, 8192] },
  }));
  assert.equal(find("gcp", "small", "north"), { cores: 2, memory: 4 * GIB, hourly: 0.1 });
  assert.equal(find("gcp", "small", "south"), { cores: 2, memory: 4 * GIB });
  assert.equal(find("gcp", "small", "west"), { cores: 2, memory: 4 * GIB });
  assert.equal(find("gcp", "other", "north"), { cores: 4, memory: 8 * GIB });
  assert.is(find("gcp", "large", "north"), undefined);
  assert.is(find("gcp", "constructor", "north"), undefined);
});

test("a cloud's data are read once, when they are asked for", () => {
  const read: string[] = [];
  const { find } = machinesFrom((cloud) => (read.push(cloud), undefined));
  find("gcp", "a", "b");
  find("gcp", "c", "d");
  find("aws", "e", "f");
  assert.equal(read, ["gcp", "aws"]);
});

/** Against the vendors' public price lists, in the regions of the reference ecosystem. */
const known: [cloud: string, type: string, region: string, cores: number, gibibytes: number, hourly: number][] = [
  ["gcp", "e2-medium", "europe-west1", 2, 4, 0.036858],
  ["gcp", "e2-standard-4", "europe-west2", 4, 16, 0.172671],
  ["aws", "m6i.xlarge", "eu-west-3", 4, 16, 0.224],
  ["aws", "m6i.xlarge", "us-east-1", 4, 16, 0.192],
  ["azure", "Standard_D4s_v5", "westeurope", 4, 16, 0.23],
];
for (const [cloud, type, region, cores, gibibytes, hourly] of known) {
  test(`${type} in ${region}`, () =>
    assert.equal(machines().find(cloud, type, region), { cores, memory: gibibytes * GIB, hourly }));
}

test("a machine without a price has none, rather than nothing", () => {
  assert.equal(machines().find("gcp", "t2d-standard-4", "europe-west1"), { cores: 4, memory: 16 * GIB });
});

test.run();
