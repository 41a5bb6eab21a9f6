import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen, canary } from "../config/define.ts";
import type { Service } from "../config/model/services.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { base } from "../../test/errors/base.ts";
import { releaseLines } from "./explain-releases.ts";

function lines(web: Partial<Service>): string[] {
  const topology = topologyOf({
    ...base,
    services: { ...base.services, web: { ...base.services!["web"]!, ...web } as Service },
  });
  return releaseLines(
    topology.workloads.filter(({ name }) => name === "web"),
    topology,
  );
}

test("a release's promises and what its gate sees are told, once for all clusters that say the same", () => {
  assert.equal(lines({ traffic: "20/s" }), [
    "releases of web on main and test",
    "  by careful, at 20 requests/s:",
    "    aborts at most 1 % of those that keep their SLOs, passes at most 1 % of those that burn 10 times a budget or more",
    "    available (99.9 %) passes after 10 minutes at the earliest, on 512 requests without a failure; such a burn aborts 99 % of the releases within 13 minutes",
  ]);
});

test("clusters that differ are told apart", () => {
  const told = lines({ traffic: "20/s", in: { staging: { traffic: "2/s" } } });
  assert.equal(
    told.filter((line) => line.startsWith("releases of")),
    ["releases of web on main", "releases of web on test"],
  );
  assert.match(told.join("\n"), /such a burn aborts \d+ % of the releases, the others are held/);
});

test("what is unknown, and what never passes, is said", () => {
  const { traffic: _, ...web } = base.services!["web"]!;
  const topology = topologyOf({
    ...base,
    services: { ...base.services, web: { ...web, exposure: undefined } as never },
  });
  const told = releaseLines(topology.workloads, topology).join("\n");
  assert.match(told, /by careful, at unknown traffic:/);
  assert.match(told, /available \(99\.9 %\) shows what it sees once `traffic` is written/);
  assert.match(lines({ traffic: "0.1/s" }).join("\n"), /never passes: it sees \d+ requests of 512;/);
});

test("analyses before and after a switch are told apart, and no gate has no line", () => {
  const slos = ["available"];
  const rollout = blueGreen({ prePromotion: { slos, traffic: "50/s" }, postPromotion: { slos } });
  assert.equal(
    lines({ rollout, traffic: "9/s" }).filter((line) => line.startsWith("  by")),
    ["  by web, before the switch, at 50 requests/s:", "  by web, after the switch, at 9 requests/s:"],
  );
  assert.equal(lines({ rollout: canary({ steps: [{ weight: 5 }] }) }), []);
});

test.run();
