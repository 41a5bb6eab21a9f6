import { addonsOn } from "../../facts/addons.ts";
import { qualified, withoutVersion } from "../../facts/image-names.ts";
import { imagesOf } from "../../facts/images.ts";
import { mirrorOf } from "../../facts/mirrors.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Mirror } from "../../topology/registries.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "registries/unused-mirror",
  severity: "warning",
  summary: "Something is pulled from each mirror",
  why: "A mirror that nothing is pulled from is usually a misspelt registry: what it was meant for goes past it.",

  *run({ clusters, workloads, platform, security, componentRegistry }) {
    const placed = groupBy(workloads, ({ cluster }) => cluster);
    const declared = new Map<string, Mirror>();
    const used = new Set<string>();
    for (const cluster of clusters) {
      const { registries } = cluster;
      for (const mirror of registries.mirrors) declared.set(mirror.source, mirror);
      const addons = addonsOn({ platform }, cluster);
      const places = [
        ...(placed.get(cluster) ?? []).flatMap(imagesOf).map(({ image }) => withoutVersion(image.upstream)),
        ...addons.flatMap(({ images = [], upstream }) => images.map((image) => upstream?.[image] ?? image)),
        ...(addons.some(({ libraryChart }) => libraryChart !== undefined) ? [componentRegistry] : []),
        ...security.allowedRegistries.map((place) => place.replace(/\/+$/, "")),
      ];
      for (const place of places) used.add(mirrorOf(qualified(place), registries)?.source ?? "");
    }
    for (const { source, from } of declared.values())
      if (!used.has(source))
        yield {
          at: source,
          key: true,
          message: `nothing is pulled from ${from === "*" ? "a registry that has no mirror of its own" : from}`,
          hint: "take the mirror out, or write the registry as images name it: Docker Hub is docker.io",
        };
  },
});
