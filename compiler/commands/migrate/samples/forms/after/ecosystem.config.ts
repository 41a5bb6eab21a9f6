import { defineEcosystem, defineService } from "eco-compile";
import * as payments from "./teams/payments.ts";
import { everywhere, service } from "./teams/helpers.ts";
import windows from "./teams/windows.ts";

/** What several services have. */
const common = { team: "shop", placement: { clusters: ["paris"] }, in: { staging: { scaling: { min: 1, max: 1 } } } } as const;

// Nobody imports this one yet.
const later = defineService({ team: "shop", image: "later", placement: { clusters: ["ghent"] } });

export const ecosystem = {
  format: 3,
  name: 'forms',
  services: {
    ...payments,
    ...windows,
    spread: { ...common, image: "spread" },
    "over-written": { ...common, image: "over-written", placement: { clusters: ["ghent"] } },
    helped: service("helped"),
    ["computed-name"]: service("computed-name"),
    constant: { team: "shop", image: "constant", placement: { clusters: [...everywhere] } },
    all: { team: "shop", image: "all", placement: "all" },
    ...Object.fromEntries(["one", "two"].map((name) => [name, { team: "shop", image: name, placement: { clusters: [`paris`] } }])),
  },
  ignore: [
    { check: "images/no-version", at: "services.*.placement.clusters[0]", reason: "placement: [0]" },
    { check: "images/no-version", at: 'services.spread.in.staging.scaling.min', reason: "small" },
    { check: "images/no-version", at: "services.*.image", reason: "stays" },
  ],
} satisfies Record<string, unknown>;

export default defineEcosystem(ecosystem);
