import { canary, defineEcosystem, defineService, merge, tunable } from "eco-compile";

const steps = [{ weight: 5 }, { weight: 50 }];

const mutual = { image: "mutual" };
const other = {};

class Builder {
  #parts: Record<string, unknown> = {};
  set(key: string, value: unknown) {
    this.#parts[key] = value;
    return this;
  }
  build() {
    return { ...this.#parts };
  }
}

const optional = { make: (value: unknown) => ({ value }) } as { make?: (value: unknown) => { value: unknown } };

const absent = undefined as undefined | { make(): { value: string } };

const shared = { image: "shared" };
const same = () => shared;

class Part {
  readonly values: object;
  constructor(values: object) {
    this.values = values;
  }
}
class Image extends Part {
  constructor(image: string) {
    super({ image });
  }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));
const turns = Promise.all([
  (async () => ({ wait: await tick(), ...{ image: "first" } }))(),
  (async () => ({ pause: await tick(), ...{ image: "second" } }))(),
]);

export default defineEcosystem({
  rollouts: {
    fast: canary({ steps: [{ weight: 10 }, { weight: 20, pause: "5m" }], gate: "errors" }),
    slow: canary({ steps, analysis: { window: "1m" } }),
  },
  services: {
    web: defineService({ image: "web", replicas: tunable({ default: 1, min: 1, max: 2 }) }),
    api: structuredClone({ image: "api", nested: { list: [1, 2] } }),
    frozen: Object.freeze({ image: "frozen" }),
    assigned: Object.assign({ image: "first" }, { image: "second" }, { extra: 1 }),
    both: Object.assign(mutual, Object.assign(other, mutual)),
    built: new Builder().set("image", "built").set("port", 80).build(),
    chained: optional?.make?.({ image: "chained" })?.value,
    later: await Promise.resolve({ image: "later" }),
    merged: merge({ image: "one", port: 1 }, { image: "two" }),
    short: absent?.make().value ?? "none",
    same: same(),
    inherited: { ...new Image("part").values },
    turns: (await turns).map(({ image }) => ({ image })),
    taken: await turns,
    parsed: JSON.parse('{"image": "parsed"}'),
  },
});
