/** The tables of `data/`, row by row, and what is read out of them. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { texts } from "../../config/texts.ts";
import { KINDS } from "../../2-validate/kinds.ts";
import { kubernetesTable, newest, supported, supportOf, type KubernetesTable } from "./kubernetes.ts";
import { familyTable, needsOf } from "./machine-families.ts";
import { timeZoneTable } from "./time-zones.ts";
import { zonesOf, zoneTable } from "./zones.ts";

const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const kubernetes = kubernetesTable();
const zones = zoneTable();

test("each row of data/kubernetes.json names days in their order and a source", () => {
  const { sources } = kubernetes as KubernetesTable & { sources: Record<string, { address: string; date: string }> };
  assert.match(kubernetes.date, DAY);
  assert.is(
    kubernetes.date,
    Object.values(sources)
      .map(({ date }) => date)
      .sort()
      .at(-1),
    "the newest source's",
  );
  for (const cloud of KINDS) {
    for (const release of kubernetes.clouds[cloud] as unknown as readonly Record<string, string>[]) {
      const { minor, from, standard, extended, source } = release;
      const days = [from!, standard!, ...(extended === undefined ? [] : [extended])];
      for (const day of days) assert.match(day, DAY);
      assert.equal(days, [...days].sort(), `${cloud} ${minor}`);
      assert.match(sources[source!]!.address, /^https:\/\//);
    }
  }
});

test("data/time-zones.json has each name once, of the form that the schema takes", () => {
  const { date, names } = timeZoneTable();
  assert.match(date, DAY);
  assert.equal(names, [...new Set(names)].sort());
  for (const name of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta"])
    assert.ok(names.includes(name), name);
  assert.equal(
    names.filter((name) => !texts.TimeZone.pattern.test(name)),
    [],
  );
});

test("minors are listed from the newest down, without a gap", () => {
  for (const cloud of KINDS) {
    const minors = kubernetes.clouds[cloud].map(({ minor }) => Number(/^1\.(\d\d)$/.exec(minor)![1]));
    assert.equal(
      minors,
      minors.map((_, index) => minors[0]! - index),
      cloud,
    );
  }
});

/** Cloud and minor → what is made of it. A row that is lost, or whose day is another, is seen here. */
const SUPPORT: [cloud: (typeof KINDS)[number], minor: string, is: string, until?: string][] = [
  ["gcp", "1.28", "older"],
  ["gcp", "1.29", "ended", "2025-04-12"],
  ["gcp", "1.30", "ended", "2025-09-30"],
  ["gcp", "1.31", "ended", "2026-01-16"],
  ["gcp", "1.32", "ended", "2026-04-27"],
  ["gcp", "1.33", "ended", "2026-08-03"],
  ["gcp", "1.34", "supported", "2027-01-25"],
  ["gcp", "1.35", "supported", "2027-04-11"],
  ["gcp", "1.36", "supported", "2027-08-09"],
  ["gcp", "1.99", "newer"],
  ["aws", "1.28", "older"],
  ["aws", "1.29", "ended", "2025-03-23"],
  ["aws", "1.30", "ended", "2025-07-23"],
  ["aws", "1.31", "ended", "2025-11-26"],
  ["aws", "1.32", "ended", "2026-03-23"],
  ["aws", "1.33", "ended", "2026-07-29"],
  ["aws", "1.34", "ending", "2026-12-02"],
  ["aws", "1.35", "supported", "2027-03-27"],
  ["aws", "1.36", "supported", "2027-08-02"],
  ["aws", "1.37", "supported", "2027-12-01"],
  ["aws", "1.99", "newer"],
  ["azure", "1.28", "older"],
  ["azure", "1.29", "ended", "2025-03-31"],
  ["azure", "1.30", "ended", "2025-08-22"],
  ["azure", "1.31", "ended", "2025-11-01"],
  ["azure", "1.32", "ended", "2026-03-31"],
  ["azure", "1.33", "ended", "2026-07-31"],
  ["azure", "1.34", "ending", "2026-11-30"],
  ["azure", "1.35", "supported", "2027-03-31"],
  ["azure", "1.36", "supported", "2027-06-30"],
  ["azure", "1.37", "supported", "2027-10-31"],
  ["azure", "1.99", "newer"],
];
for (const [cloud, minor, is, until] of SUPPORT) {
  test(`Kubernetes ${minor} on ${cloud}: ${is}${until === undefined ? "" : `, until ${until}`}`, () => {
    const support = supportOf(kubernetes, cloud, minor);
    assert.is(support.is, is);
    assert.is("release" in support ? support.release.standard : undefined, until);
  });
}

test("no row is left out of the list above", () => {
  const rows = KINDS.flatMap((cloud) => kubernetes.clouds[cloud].map(({ minor }) => `${cloud} ${minor}`));
  const listed = SUPPORT.filter(([, , , until]) => until !== undefined).map(([cloud, minor]) => `${cloud} ${minor}`);
  assert.equal(rows.sort(), listed.sort());
});

test("the newest is what the cloud offers on the table's date and what is installed takes, not what the cloud plans", () => {
  assert.equal(
    KINDS.map((cloud) => newest(cloud)),
    ["1.36", "1.36", "1.36"],
  );
  assert.equal(supported(kubernetes, "azure"), ["1.36", "1.35", "1.34"]);
});

/** One release that is offered for a year, seen on a day. */
const seenOn = (date: string): KubernetesTable => {
  const releases = [{ minor: "1.35", from: "2026-01-10", standard: "2027-01-10" }];
  return { date, clouds: { gcp: releases, aws: releases, azure: releases } };
};
for (const [date, is, offered] of [
  ["2026-01-09", "supported", []], // planned for the next day
  ["2026-01-10", "supported", ["1.35"]],
  ["2026-10-11", "supported", ["1.35"]], // 91 days
  ["2026-10-12", "ending", ["1.35"]], // 90 days
  ["2027-01-09", "ending", ["1.35"]],
  ["2027-01-10", "ended", []],
] as const) {
  test(`on ${date} a version whose support ends on 2027-01-10 is ${is}`, () => {
    assert.is(supportOf(seenOn(date), "gcp", "1.35").is, is);
    assert.equal(supported(seenOn(date), "gcp"), offered);
  });
}

test("between two minors that are known, one is missing", () => {
  const [first, last] = ["1.35", "1.33"].map((minor) => ({ minor, from: "2026-01-10", standard: "2027-01-10" }));
  const table = { date: "2026-06-01", clouds: { gcp: [first!, last!], aws: [], azure: [] } };
  assert.is(supportOf(table, "gcp", "1.34").is, "missing");
});

test("zones carry the names that their cloud gives to zones of the region, sorted", () => {
  const NAME = { gcp: "$region-[a-z]", aws: "$region[a-z]", azure: "[1-9]" };
  for (const cloud of KINDS) {
    for (const [region, known] of Object.entries(zones.clouds[cloud])) {
      for (const zone of known) assert.match(zone, new RegExp(`^${NAME[cloud].replace("$region", region)}$`));
      assert.equal(known, [...new Set(known)].sort(), region);
      if (cloud !== "azure") assert.ok(known.length >= 3, region);
      if (cloud === "gcp")
        assert.ok(known.includes(`${region}-b`), "a zonal cluster lives there unless told otherwise");
    }
  }
});

test("the regions of other letters than the first ones", () => {
  const letters = (cloud: "gcp" | "aws", usual: string) =>
    Object.entries(zones.clouds[cloud])
      .map(([region, known]) => `${region} ${known.map((zone) => zone.at(-1)).join("")}`)
      .filter((row) => !row.endsWith(` ${usual}`));
  assert.equal(letters("gcp", "abc"), ["europe-west1 bcd", "us-central1 abcf", "us-central2 abcd", "us-east1 bcd"]);
  assert.equal(letters("aws", "abc"), [
    "ap-northeast-1 acd",
    "ap-northeast-2 abcd",
    "ca-central-1 abd",
    "us-east-1 abcdef",
    "us-west-2 abcd",
  ]);
});

test("how many regions are known, and which of Azure's have no zones", () => {
  assert.equal(
    KINDS.map((cloud) => Object.keys(zones.clouds[cloud]).length),
    [47, 33, 58],
  );
  for (const [region, known] of Object.entries(zones.clouds.azure))
    assert.ok(known.length === 0 || known.join("") === "123", region);
  const without = Object.entries(zones.clouds.azure).filter(([, known]) => known.length === 0);
  assert.equal(
    without.map(([region]) => region).join(" "),
    "australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth jioindiacentral jioindiawest koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest westcentralus westindia westus",
  );
});

/** Machine type → what it needs instead of what all others get. */
const NEEDS: [cloud: (typeof KINDS)[number], machineType: string, needs: { disk?: string; image?: string | null }][] = [
  ["gcp", "n4-standard-4", { disk: "hyperdisk-balanced" }],
  ["gcp", "n4-custom-4-8192", { disk: "hyperdisk-balanced" }],
  ["gcp", "n4a-standard-8", { disk: "hyperdisk-balanced" }],
  ["gcp", "n4d-highmem-16", { disk: "hyperdisk-balanced" }],
  ["gcp", "c4-standard-8", { disk: "hyperdisk-balanced" }],
  ["gcp", "c4a-standard-4", { disk: "hyperdisk-balanced" }],
  ["gcp", "c4d-highcpu-8", { disk: "hyperdisk-balanced" }],
  ["gcp", "h4d-standard-192", { disk: "hyperdisk-balanced" }],
  ["gcp", "a3-ultragpu-8g", { disk: "hyperdisk-balanced" }],
  ["gcp", "a4-highgpu-8g", { disk: "hyperdisk-balanced" }],
  ["gcp", "a4x-highgpu-4g", { disk: "hyperdisk-balanced" }],
  ["gcp", "g4-standard-48", { disk: "hyperdisk-balanced" }],
  ["gcp", "a3-highgpu-8g", {}],
  ["gcp", "c3-standard-4", {}],
  ["gcp", "e2-medium", {}],
  ["gcp", "g2-standard-4", {}],
  ["aws", "dl2q.24xlarge", { image: null }],
  ["aws", "g4ad.xlarge", { image: null }],
  ["aws", "g4dn.xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g5.xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g5g.xlarge", { image: "AL2023_ARM_64_NVIDIA" }],
  ["aws", "g6.xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g6e.xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g6f.large", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g7.xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "g7e.2xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "gr6.4xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "gr6f.4xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p3.2xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p3dn.24xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p4d.24xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p4de.24xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p5.48xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p5e.48xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p5en.48xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p6-b200.48xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "p6-b300.48xlarge", { image: "AL2023_x86_64_NVIDIA" }],
  ["aws", "inf1.xlarge", { image: "AL2023_x86_64_NEURON" }],
  ["aws", "inf2.xlarge", { image: "AL2023_x86_64_NEURON" }],
  ["aws", "trn1.2xlarge", { image: "AL2023_x86_64_NEURON" }],
  ["aws", "trn1n.32xlarge", { image: "AL2023_x86_64_NEURON" }],
  ["aws", "trn2.48xlarge", { image: "AL2023_x86_64_NEURON" }],
  ["aws", "m7g.large", {}],
  ["aws", "m7i.large", {}],
  ["azure", "Standard_NV8as_v4", { image: null }],
  ["azure", "Standard_NV32as_v4", { image: null }],
  ["azure", "Standard_ND96isr_MI300X_v5", { image: null }],
  ["azure", "Standard_NC4as_T4_v3", {}],
  ["azure", "Standard_D4s_v5", {}],
];
for (const [cloud, machineType, needs] of NEEDS) {
  test(`${machineType} needs ${JSON.stringify(needs)}`, () => {
    const { disk, image } = needsOf(familyTable(), cloud, machineType);
    assert.equal({ disk, image }, { disk: undefined, image: undefined, ...needs });
  });
}

test("each family is in the list above, and names a source", () => {
  const { clouds, sources } = familyTable() as unknown as {
    clouds: Record<string, Record<string, { source: string }>>;
    sources: Record<string, string>;
  };
  for (const cloud of KINDS) {
    const listed = NEEDS.filter(([of, , needs]) => of === cloud && Object.keys(needs).length > 0);
    const found = new Set(listed.map(([, machineType]) => needsOf(familyTable(), cloud, machineType)));
    assert.is(found.size, Object.keys(clouds[cloud]!).length, cloud);
    for (const { source } of Object.values(clouds[cloud]!)) assert.match(sources[source]!, /^https:\/\//);
  }
});

test("no region is known by the name of what every object has", () => {
  assert.is(zonesOf(zones, "aws", "constructor"), undefined);
  assert.is(zonesOf(zones, "aws", "us-west-1"), undefined, "its two zones have other letters in each account");
});

test.run();
