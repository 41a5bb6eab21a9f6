import { defineEcosystem } from "eco-compile";

export const shared = { image: "shared" };
const config = defineEcosystem({ services: { shared } });
config.services.shared.image = "changed";

export { config as default };
