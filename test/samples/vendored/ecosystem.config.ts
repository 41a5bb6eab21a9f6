import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** The library's folders come along: the tree needs nothing from elsewhere. */
export default defineEcosystem({
  ...base,
  library: "vendored",
  repository: { url: "https://git.example/vendored.git" },
  services: { api: { ...web, image: "registry.example/crew/api" } },
});
