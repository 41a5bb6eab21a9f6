import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Manifests and a module of somebody's own, applied beside what is compiled. */
export default defineEcosystem({
  ...base,
  services: { site: { ...web, image: "registry.example/crew/site" } },
  extra: [
    { folder: "manifests/tools", cluster: "one" },
    { folder: "modules/dns", root: "gcp/foundation" },
    { folder: "modules/alarms", root: "gcp/one" },
  ],
});
