import { defineEcosystem } from "eco-compile";
import packaged from "packaged";
import data from "./services.json" with { type: "json" };

const small = { environment: "staging", scaling: { min: 1, max: 1 } };
const regions = ["paris", "ghent"];
const key = "placement";

const assigned: Record<string, unknown> = { team: "shop", image: "assigned" };
assigned.placement = ["paris"];

export default defineEcosystem({
  name: "by-hand",
  services: {
    fine: { team: "shop", image: "fine", placement: ["paris"] },
    helper: { team: "shop", image: "helper", placement: regions.map((region) => `cluster-${region}`) },
    ternary: { team: "shop", image: "ternary", placement: regions.length > 1 ? ["paris"] : "all" },
    spread: { team: "shop", image: "spread", placement: "all", overrides: [{ ...small, config: {} }] },
    entry: { team: "shop", image: "entry", placement: "all", overrides: [small] },
    twice: {
      team: "shop",
      image: "twice",
      placement: "all",
      overrides: [
        { environment: "staging", scaling: { min: 1, max: 1 } },
        { environment: "staging", config: {} },
      ],
    },
    both: { team: "shop", image: "both", placement: "all", in: {}, overrides: [] },
    computed: { team: "shop", image: "computed", [key]: ["paris"] },
    assigned,
    ...data,
    ...packaged,
  },
  ignore: [
    { check: "images/no-version", at: "services.*.overrides[0].scaling", reason: "several" },
    { check: "images/no-version", at: ["services", "fine", "placement[0]"].join("."), reason: "computed" },
  ],
} as never);
