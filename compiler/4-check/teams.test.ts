/** What the pages' examples leave out: what a team says of its pods, wherever it may stand. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diagnose } from "../../test/errors/example.ts";

/** Config fragment → what it must be told, as `id at path`; nothing where the list is empty. */
const cases: Record<string, [config: string, findings: string[]]> = {
  "a priority of a team without services": [
    `teams: { platform: { priority: "low" } },`,
    ["teams/without-effect at teams.platform.priority"],
  ],
  "a priority that one service has": [
    `teams: { shop: { priority: "low" } }, services: { web: { priority: "high" } },`,
    [],
  ],
  "a priority of an environment in which each service says its own": [
    `teams: { shop: { priority: "low", in: { staging: { priority: "high" } } } }, services: { web: { in: { staging: { priority: "normal" } } }, api: { in: { staging: { priority: "low" } } } },`,
    ["teams/without-effect at teams.shop.in.staging.priority"],
  ],
  "a priority that each cluster says otherwise": [
    `teams: { shop: { priority: "low", in: { staging: { priority: "high" } }, on: { main: { priority: "normal" } } } },`,
    [],
  ],
  "what differs where a team has no services": [
    `teams: { shop: { in: { production: { priority: "low" } }, on: { main: { priority: "high" } } }, platform: { in: { staging: { priority: "low" } } } }, services: { web: { placement: { clusters: ["test"] } }, api: { placement: { clusters: ["test"] } } },`,
    ["in.production", "on.main"]
      .map((place) => `differences/unplaced at teams.shop.${place}`)
      .concat("differences/unplaced at teams.platform.in.staging"),
  ],
  "what may not differ of a team": [
    `teams: { shop: { in: { staging: { contact: "#other", namespace: "other" } } } },`,
    ["contact", "namespace"].map((field) => `differences/fixed at teams.shop.in.staging.${field}`),
  ],
};

for (const [title, [config, findings]] of Object.entries(cases))
  test(title, () => {
    assert.equal(
      diagnose({ config, images: "", tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`),
      findings,
    );
  });

test.run();
