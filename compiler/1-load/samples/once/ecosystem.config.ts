import { defineEcosystem } from "eco-compile";

// The load for positions is a second one, in a process of its own: some configs do not run again, as this one that knows it by the recorder.
const isSecond = "__eco_b" in globalThis;
if (isSecond) throw new Error("this config runs only once");

const limits = { cpu: "1" } as const;

export default defineEcosystem({
  services: { web: { image: "web", limits, ports: [80, 443] }, list: ["a"].map((name) => ({ name })) },
} satisfies object);
