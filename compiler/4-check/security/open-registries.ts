import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "security/open-registries",
  severity: "error",
  risk: true,
  summary: "Allowed registries name somebody's images, not everybody's",
  why: "On a public registry anybody can push: allowing all of it allows every image in the world.",

  *run({ security }) {
    for (const [index, registry] of security.allowedRegistries.entries()) {
      const place = registry.replace(/\/+$/, "");
      if (place !== "" && !PUBLIC.has(place)) continue;
      yield {
        at: childPath("security.allowedRegistries", index),
        message: place === "" ? "an empty entry allows nothing" : `${place} as a whole allows everybody's images`,
        hint: `name an owner, as "${place || "ghcr.io"}/acme"`,
      };
    }
  },
});

/** Registries where anybody gets a namespace. */
const PUBLIC: ReadonlySet<string> = new Set([
  "docker.io",
  "ghcr.io",
  "quay.io",
  "registry.gitlab.com",
  "public.ecr.aws",
  "gcr.io",
]);
