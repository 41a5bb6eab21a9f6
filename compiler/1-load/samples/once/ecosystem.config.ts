import { defineEcosystem } from "eco-compile";

const seen = globalThis as { seenOnce?: boolean };
if (seen.seenOnce) throw new Error("this config runs only once");
seen.seenOnce = true;

const limits = { cpu: "1" } as const;

export default defineEcosystem({
  services: { web: { image: "web", limits, ports: [80, 443] }, list: ["a"].map((name) => ({ name })) },
} satisfies object);
