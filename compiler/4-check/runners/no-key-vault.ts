import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "runners/no-key-vault",
  severity: "error",
  summary: "An Azure subscription with runners says which key vault has their token",
  why: "The machines read the registration token from a key vault, and Terraform has to name it. There may be many in a subscription.",

  *run({ clouds, runners }) {
    for (const { name, kind, source, keyVault } of clouds) {
      if (kind !== "azure" || keyVault !== undefined) continue;
      const first = runners.find((runner) => runner.kind === "vm" && runner.cloud === name);
      if (first === undefined) continue;
      yield {
        at: source,
        key: true,
        message: `${name} has no \`keyVault\`, and ${first.name} reads its token from one`,
        hint: "add `keyVault`, the resource id of the key vault",
        related: [{ at: first.source, message: first.name }],
      };
    }
  },
});
