import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../compile.ts";
import { inputsOfExample } from "../../test/errors/example.ts";

const test = suite("rules of CRDs, in what is compiled");

const found = async (config: string) => {
  const inputs = inputsOfExample({ config, images: "", tuning: "", lock: "" });
  const { diagnostics } = await compile({ root: "/nowhere", inputs, mode: "emit" });
  return diagnostics.map(({ id, at, message }) => ({ id, at, message }));
};

const route = (timeout: string) =>
  `patches: [{ target: "argo-rollouts", kind: "VirtualService", name: "web", merge: { spec: { http: [{ name: "primary", timeout: "${timeout}", route: [{ destination: { host: "web" }, weight: 100 }, { destination: { host: "web-canary" }, weight: 0 }] }] } } }],`;

test("a rule that an object breaks is found where the object comes from", async () => {
  const [one, ...more] = await found(route("0s"));
  assert.is(one!.id, "verify/kubernetes-object");
  assert.match(one!.message, /spec\.http\.0\.timeout must be a valid duration greater than 1ms/);
  assert.is(one!.at, "patches[0]");
  assert.equal(
    more.filter(({ id }) => id !== "verify/kubernetes-object"),
    [],
  );
});

test("a rule that an object keeps is not", async () => {
  assert.equal(await found(route("1s")), []);
});

test.run();
