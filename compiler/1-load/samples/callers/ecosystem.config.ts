import { defineEcosystem, defineService, tunable } from "eco-compile";
import { apply, preset } from "acme";
import * as h from "./teams/helpers.ts";

const names = ["a", "b"];
const filled: Record<string, unknown> = {};
h.fill(filled);
const local = (name: string) => ({ image: "local", name });

export default defineEcosystem({
  one: h.web("one"),
  named: h.sized("named", 1),
  twice: h.sizedAgain("twice", 2),
  fixed: h.fixed("fixed"),
  spread: { ...h.web("spread"), replicas: 1 },
  nested: h.withPort("nested"),
  wrapped: defineService(h.web("wrapped")),
  mapped: names.map(h.web),
  arrows: names.map((name) => h.web(name)),
  entries: Object.fromEntries(names.map((name) => [name, h.web(name)])),
  own: names.map((name) => ({ image: name })),
  handed: h.each(names, (name) => ({ image: name })),
  handedOn: h.each(names, h.web),
  rollout: h.careful(),
  tuned: { replicas: tunable({ default: 9, min: 1, max: 2 }) },
  package: preset("package", { replicas: 1 }),
  applied: apply(h.web),
  deep: h.deep(3),
  later: await h.later("later"),
  soon: await h.soon(),
  caught: h.caught("caught"),
  all: [...h.all(names)],
  filled,
  built: new h.Builder().build("built"),
  known: h.known(),
  local: local("local"),
  chosen: names.length > 1 ? h.web("chosen") : undefined,
});
