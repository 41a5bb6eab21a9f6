import { childPath } from "../../diagnostics/config-path.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { servedAt } from "../../facts/mirrors.ts";
import type { Registries } from "../../topology/registries.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "security/open-registries",
  severity: "error",
  risk: true,
  summary: "Allowed registries name somebody's images, not everybody's",
  why: "On a public registry anybody can push: allowing all of it allows every image in the world.",

  *run({ security, clusters }) {
    const forms = [...new Map(clusters.map(({ registries }) => [registries.form, registries])).values()];
    for (const [index, registry] of security.allowedRegistries.entries()) {
      const open = openAt(registry.replace(/\/+$/, ""), forms);
      if (open !== undefined) yield { at: childPath("security.allowedRegistries", index), ...open };
    }
  },
});

/** Why a place is no owner's, if it is none. */
function openAt(place: string, forms: readonly Registries[]): Omit<Finding, "at"> | undefined {
  if (place === "") return { message: "an empty entry allows nothing", hint: ownerOf("ghcr.io") };
  if (PUBLIC.has(place)) return { message: `${place} as a whole allows everybody's images`, hint: ownerOf(place) };
  const served = forms.flatMap((registries) => servedAt(place, registries));
  const open = served.find(({ upstream }) => upstream === "*" || PUBLIC.has(upstream));
  if (open === undefined) return undefined;
  const [whose, example] = open.upstream === "*" ? ["every registry", "ghcr.io"] : [open.upstream, open.upstream];
  return {
    message: `${place} as a whole allows everybody's images: it is the mirror of ${whose}`,
    hint: `${ownerOf(example)}: its part of the mirror is let in by that`,
    related: [{ at: open.mirror.source, message: "the mirror" }],
  };
}

const ownerOf = (registry: string): string => `name an owner, as "${registry}/acme"`;

/** Registries where anybody gets a namespace. */
const PUBLIC: ReadonlySet<string> = new Set([
  "docker.io",
  "ghcr.io",
  "quay.io",
  "registry.gitlab.com",
  "public.ecr.aws",
  "gcr.io",
]);
