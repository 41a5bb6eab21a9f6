import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { KINDS } from "../2-validate/kinds.ts";
import type { CloudKind, Clouds } from "../config/model/clouds.ts";
import type { Cidr } from "../config/units.ts";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import { zoneTable } from "../facts/tables/zones.ts";
import { Choices, NOTHING_LOCKED } from "../lock/choices.ts";
import { lowerClouds, zoneCount } from "./clouds.ts";
import { rangeOf } from "./ranges.ts";
import type { Cloud } from "../topology/clouds.ts";

type Subnets = Record<string, { cidr?: Cidr; pods?: Cidr; services?: Cidr }>;

/** Clouds with these regions, and nothing else of interest. */
function cloudsOf(regions: Partial<Record<CloudKind, Subnets>>, network: Cidr = "10.0.0.0/8"): Cloud[] {
  const clouds = Object.fromEntries(
    KINDS.filter((name) => regions[name]).map((name) => [
      name,
      {
        project: "acme-project",
        account: "111122223333",
        subscription: "s",
        tenant: "t",
        network: { name: `net-${name}`, cidr: network },
        regions: Object.fromEntries(
          Object.entries(regions[name]!).map(([region, subnet]) => [
            region,
            { subnet: { cidr: "10.0.0.0/24", ...subnet } },
          ]),
        ),
      },
    ]),
  ) as unknown as Clouds;
  return lowerClouds({ ...everything, clouds }, new Choices(NOTHING_LOCKED));
}

const overlap = (a: Cidr, b: Cidr): boolean => {
  const [[aFirst, aLast], [bFirst, bLast]] = [rangeOf(a), rangeOf(b)];
  return aFirst <= bLast && bFirst <= aLast;
};
const inside = (inner: Cidr, outer: Cidr): boolean =>
  rangeOf(outer)[0] <= rangeOf(inner)[0] && rangeOf(inner)[1] <= rangeOf(outer)[1];

const address = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
/** Networks of a size inside a pool, aligned as CIDRs are. */
const cidrIn = (pool: Cidr, min: number, max: number) =>
  fc.integer({ min, max }).chain((prefix) => {
    const [first, last] = rangeOf(pool);
    return fc
      .integer({ min: 0, max: (last - first + 1) / 2 ** (32 - prefix) - 1 })
      .map((index) => `${address(first + index * 2 ** (32 - prefix))}/${prefix}` as Cidr);
  });
const regionName = fc.stringMatching(/^[a-z]{2,6}-[a-z]{3,8}[1-9]$/);
const subnet = fc.record({
  pods: fc.option(cidrIn("100.64.0.0/10", 14, 20), { nil: undefined }),
  services: fc.option(cidrIn("172.20.0.0/14", 18, 24), { nil: undefined }),
});
const regions = fc.dictionary(regionName, subnet, { maxKeys: 6 });

test("a range that is chosen overlaps nothing that is written and no other that is chosen", () => {
  fc.assert(
    fc.property(
      fc.record({ gcp: regions, aws: regions, azure: regions }),
      cidrIn("172.16.0.0/12", 15, 20),
      (config, network) => {
        const lowered = cloudsOf(config, network).flatMap((cloud) => cloud.regions);
        const chosen = lowered.flatMap(({ subnet: { pods, services, written } }) => [
          ...(pods && !written.pods ? [pods] : []),
          ...(written.services ? [] : [services]),
        ]);
        const written = [
          network,
          ...lowered.flatMap(({ subnet: { pods, services, written } }) => [
            ...(pods && written.pods ? [pods] : []),
            ...(written.services ? [services] : []),
          ]),
        ];
        for (const [index, range] of chosen.entries()) {
          for (const other of [...chosen.slice(index + 1), ...written]) if (overlap(range, other)) return false;
          if (!inside(range, "100.64.0.0/10") && !inside(range, "172.20.0.0/14")) return false;
        }
        return true;
      },
    ),
    { numRuns: 300 },
  );
});

test("what is written stays as it is", () => {
  const [gcp] = cloudsOf({ gcp: { r: { pods: "100.100.0.0/17", services: "172.21.16.0/20" } } });
  assert.equal([gcp!.regions[0]!.subnet.pods, gcp!.regions[0]!.subnet.services], ["100.100.0.0/17", "172.21.16.0/20"]);
  assert.equal(gcp!.regions[0]!.subnet.written, { pods: true, services: true, name: false });
});

test("a new region leaves the ranges of the others where they are, wherever its name sorts", () => {
  const ranges = (names: readonly string[]) =>
    new Map(
      cloudsOf({ gcp: Object.fromEntries(names.map((name) => [name, {}])) })[0]!.regions.map(
        ({ name, subnet: { pods, services } }) => [name, [pods, services]],
      ),
    );
  const there = ["europe-west1", "europe-west4", "us-central1"];
  const before = ranges(there);
  const added = [
    "africa-south1",
    "asia-east1",
    "asia-northeast1",
    "asia-south1",
    "australia-southeast1",
    "europe-central2",
    "europe-north1",
    "europe-southwest1",
    "europe-west2",
    "europe-west3",
    "me-west1",
    "southamerica-east1",
    "us-east1",
    "us-east4",
    "us-south1",
    "us-west1",
  ];
  const moved = added.flatMap((name) =>
    there.filter((other) => JSON.stringify(ranges([...there, name]).get(other)) !== JSON.stringify(before.get(other))),
  );
  // The hashes of two may fall on one of the 64 places; counting up in order of names would move 30 of these 48.
  assert.ok(moved.length <= 2, moved.join(", "));
});

test("sizes are the clouds' own: /17 on gcp, /16 on azure, and pods take node addresses on aws", () => {
  const clouds = cloudsOf({ gcp: { a: {} }, aws: { b: {} }, azure: { c: {} } });
  assert.equal(
    clouds.map(({ regions: [region] }) => [region!.subnet.pods?.split("/")[1], region!.subnet.services.split("/")[1]]),
    [
      ["17", "20"],
      [undefined, "20"],
      ["16", "20"],
    ],
  );
});

test("where nothing is left, the finding says what to write", () => {
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`r${index}`, {}]));
  assert.throws(
    () => cloudsOf({ gcp: many }),
    (error: unknown) =>
      error instanceof DiagnosticError && /^no \/20 of 172\.20\.0\.0\/14 is free$/.test(error.diagnostics[0]!.message),
  );
});

test("zones are the clouds' own names; an empty list leaves gcp the choice of three", () => {
  const clouds = cloudsOf({ gcp: { "europe-west1": {} }, aws: { "eu-west-3": {} }, azure: { westeurope: {} } });
  assert.equal(
    clouds.map(({ regions: [region] }) => region!.zones),
    [[], ["eu-west-3a", "eu-west-3b", "eu-west-3c"], ["1", "2", "3"]],
  );
  assert.equal(
    clouds.map(({ regions: [region] }) => zoneCount(region!)),
    [3, 3, 3],
  );
  assert.is(zoneCount({ cloudKind: "gcp", zones: ["a", "b"] }), 2);
  assert.is(zoneCount({ cloudKind: "azure", zones: [] }), 0, "a region of Azure without zones has none");
});

test("every region of every cloud gets zones that it has, three where it has so many", () => {
  const { clouds: known } = zoneTable();
  for (const name of KINDS) {
    for (const [region, zones] of Object.entries(known[name])) {
      const [cloud] = cloudsOf({ [name]: { [region]: {} } });
      const [lowered] = cloud!.regions;
      assert.is(lowered!.zonesFrom, name === "gcp" ? "cloud" : "table");
      assert.is(zoneCount(lowered!), name === "gcp" ? 3 : Math.min(zones.length, 3), region);
      for (const zone of lowered!.zones) assert.ok(zones.includes(zone), `${zone} is no zone of ${region}`);
    }
  }
});

test("zones that nobody knows are not made up", () => {
  const clouds = cloudsOf({ aws: { "us-west-1": {}, "eu-west-9": {} }, azure: { westeuropa: {} } });
  assert.equal(
    clouds.flatMap(({ regions }) => regions.map(({ zones, zonesFrom }) => [zones, zonesFrom])),
    [0, 1, 2].map(() => [[], "nowhere"]),
  );
});

test("only gcp's subnets name secondary ranges", () => {
  const clouds = cloudsOf({ gcp: { a: {} }, aws: { b: {} }, azure: { c: {} } });
  assert.equal(
    clouds.map(({ regions: [region] }) => region!.subnet.secondaryRanges),
    [{ pods: "pods", services: "services" }, undefined, undefined],
  );
});

test("a cloud's secret manager is used where a secret lives there, or where the config says so", () => {
  const used = (secretManager: boolean | undefined, store: "gcp" | "vault" | undefined) => {
    const { gcp } = everything.clouds;
    const ecosystem = {
      ...everything,
      clouds: { gcp: { ...gcp!, secretManager } },
      secrets: { s: { ...(store === undefined ? {} : { store }), path: "p" } },
    };
    return lowerClouds(ecosystem, new Choices(NOTHING_LOCKED))[0]!.secretManager;
  };
  assert.equal(
    [
      used(undefined, "gcp"),
      used(undefined, "vault"),
      used(undefined, undefined),
      used(true, "vault"),
      used(false, "gcp"),
    ],
    [true, false, true, true, false],
  );
});

test.run();
