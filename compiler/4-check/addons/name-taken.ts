import { isDeclared } from "../../facts/addons.ts";
import { addonApplication, ROOT_APPLICATION, TERRAFORM_APPLICATION } from "../../facts/names.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/name-taken",
  severity: "error",
  summary: "An add-on has a name that no target's add-on has",
  why: "Both would be one Application with one folder of values, whose owner would be whichever was written last.",

  *run({ declaredAddons, platform }) {
    for (const { name, source, clusters } of declaredAddons) {
      const other = platform.addons.find((addon) => addon.name === name && !isDeclared(addon));
      if (other !== undefined)
        yield {
          at: source,
          key: true,
          message: `the target ${other.target} brings an add-on ${name} already`,
          hint: clusters.includes(other.cluster)
            ? "take yours out, or turn the target off; its values take patches"
            : "give yours another name",
        };
      else if (OWN.includes(addonApplication(name)))
        yield {
          at: source,
          key: true,
          message: `its Application would be called ${addonApplication(name)}, as one of the platform's own is`,
          hint: "give it another name",
        };
    }
  },
});

/** Applications beside those of add-ons. */
const OWN: readonly string[] = [ROOT_APPLICATION, TERRAFORM_APPLICATION];
