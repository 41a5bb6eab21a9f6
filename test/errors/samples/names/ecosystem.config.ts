import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

const long = "a-service-with-a-name-that-no-label-and-no-host-name-can-ever-hold-in-full";

export default defineEcosystem({
  ...base,
  teams: { ...base.teams, argocd: { contact: "#argo" }, kube: { contact: "#kube", namespace: "kube-system" } },
  services: { ...base.services, [long]: { ...base.services.api, image: "ghcr.io/acme/long" }, "Web_2": { ...base.services.api, image: "ghcr.io/acme/web2" }, "web-canary": { ...base.services.api, image: "ghcr.io/acme/web-canary" } },
});
