import { PLATFORM_PROJECT } from "../../facts/names.ts";
import { RESERVED_ROOTS } from "../../3-lower/terraform.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "names/reserved",
  severity: "error",
  summary: "Clouds, clusters and teams do not take names that the platform uses itself",
  why: "A cluster called `foundation` would share its Terraform state with its cloud's network, a secret kept in a cloud called `vault` would be looked for in Vault, and a team called like the add-ons' Argo CD project would own them.",

  *run({ clouds, teams, clusters }) {
    for (const { name, source } of clouds) {
      if (name === "vault")
        yield {
          at: source,
          key: true,
          message: `${name} is where secrets are kept that no cloud has`,
          hint: "give the cloud another name",
        };
    }
    for (const { name, source } of clusters) {
      if (RESERVED_ROOTS.includes(name))
        yield {
          at: source,
          key: true,
          message: `${name} is the name of a Terraform root of every cloud`,
          hint: "give the cluster another name",
        };
    }
    for (const { name, source } of teams) {
      if (name === PLATFORM_PROJECT)
        yield {
          at: source,
          key: true,
          message: `${name} is the Argo CD project of the platform's add-ons`,
          hint: "give the team another name",
        };
    }
  },
});
