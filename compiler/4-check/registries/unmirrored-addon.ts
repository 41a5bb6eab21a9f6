import { childPath } from "../../diagnostics/config-path.ts";
import { isDeclared } from "../../facts/addons.ts";
import { mirrorOf, pulledFrom } from "../../facts/mirrors.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "registries/unmirrored-addon",
  severity: "error",
  risk: true,
  summary: "Images of a project's add-ons come from the mirror, where there is one",
  why: "Which values of a chart say where its images are is known of charts that a target brings with them, and of no other. The pods of such an add-on would go past the mirror: to a registry that their nodes may not reach, and with names that admission refuses.",

  *run({ platform, clusters }) {
    const registries = new Map(clusters.map((cluster) => [cluster.name, cluster.registries]));
    const seen = new Set<string>();
    for (const addon of platform.addons) {
      const { name, cluster, broughtBy, images = [] } = addon;
      const here = registries.get(cluster)!;
      if (broughtBy === undefined) continue;
      for (const [index, image] of images.entries()) {
        const mirrored = pulledFrom(image, here);
        const at = isDeclared(addon) ? childPath(`${broughtBy}.images`, index) : broughtBy;
        if (mirrored === image || seen.has(`${at} ${image}`)) continue;
        seen.add(`${at} ${image}`);
        yield {
          at,
          message: `the add-on ${name} runs images from ${image}, which has a mirror, and nobody knows which of its values say so`,
          hint: isDeclared(addon)
            ? `name the value here that says so: { name: "${image}", repository: "image.repository" }; or leave it where it is: "${image}": false in registries.mirror`
            : "let the target say which values of its chart name them, in `images` of the add-on",
          related: [{ at: mirrorOf(image, here)!.source, message: "its mirror" }],
        };
      }
    }
  },
});
