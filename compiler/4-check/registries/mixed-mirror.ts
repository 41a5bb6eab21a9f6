import type { Mirror } from "../../topology/registries.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "registries/mixed-mirror",
  severity: "warning",
  summary: "Each registry has a place of its own in the mirror",
  why: "Where two registries have one place, an image's name no longer says which of them it is from: what may run from the one may then run from the other, and the mirror hands out whichever it finds first.",

  *run({ clusters }) {
    const forms = new Map(clusters.map(({ registries }) => [registries.form, registries]));
    const seen = new Set<string>();
    for (const { mirrors } of forms.values())
      for (const [index, mirror] of mirrors.entries()) {
        const other = mirrors.find((one, before) => before !== index && isMixed(one, mirror, before < index));
        if (other === undefined || seen.has(mirror.source)) continue;
        seen.add(mirror.source);
        yield {
          at: mirror.source,
          message: `${mirror.to} is the place of images of ${mirror.from}, and of ${other.from}`,
          hint: "give each a part of the mirror of its own",
          related: [{ at: other.source, message: "the other one" }],
        };
      }
  },
});

/** Whether a place in a mirror is in that of another registry. Of two at one place, the second is. */
function isMixed(other: Mirror, { from, to }: Mirror, isFirst: boolean): boolean {
  if (to === undefined || other.to === undefined) return false;
  if (from === "*" || other.from === "*") return false; // the registry is a part of the name
  if (to === other.to && !isFirst) return false;
  return `${to}/`.startsWith(`${other.to}/`) && `${other.from}${to.slice(other.to.length)}` !== from;
}
