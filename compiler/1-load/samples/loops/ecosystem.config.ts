import { defineEcosystem } from "eco-compile";

const names = ["a", "b"];

function service(name: string, port: number) {
  return { image: `registry/${name}`, ports: [{ port }] };
}

const assigned: Record<string, unknown> = {};
for (const name of names) assigned[name] = { image: name };
assigned.third = "text";
(assigned as Record<string, unknown>)["fourth"] = 4;

const pushed: unknown[] = [];
for (const name of names) pushed.push({ name }, name);

export default defineEcosystem({
  entries: Object.fromEntries(names.map((name) => [name, { image: name }])),
  numbers: Object.fromEntries(names.map((name, index) => [name, index])),
  reduced: names.reduce((all, name) => ({ ...all, [name]: { image: name } }), {}),
  called: { a: service("a", 80), b: service("b", 81) },
  mapped: names.map((name, index) => ({ name, index })),
  filtered: names.filter((name) => name !== "a"),
  from: Array.from({ length: 3 }, (_, index) => ({ index })),
  assigned,
  pushed,
});
