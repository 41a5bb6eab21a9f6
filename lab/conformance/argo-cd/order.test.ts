import { suite } from "uvu";
import * as assert from "uvu/assert";
import { orderOf } from "./applications.ts";

const test = suite("argo-cd: the order of waves, as it is seen");

const line = (name: string, wave: number, health = "<none>", sync = "<none>", history = "<none>"): string =>
  [name, wave, health, sync, history].join("   ");
const settled = (name: string, wave: number): string => line(name, wave, "Healthy", "Synced", "0");

test("a wave after what it waits for", () => {
  const lines = [
    line("platform-root", 0),
    line("namespaces", -40),
    settled("namespaces", -40),
    line("mesh", -30),
    line("storage", -30),
    settled("storage", -30),
    settled("mesh", -30),
    line("web", 0),
  ];
  assert.equal(orderOf(lines.join("\n")), { findings: [], waves: 3 });
});

test("what was healthy once may be at work again", () => {
  const lines = [settled("mesh", -30), line("mesh", -30, "Progressing", "OutOfSync", "0"), line("web", 0)];
  assert.equal(orderOf(lines.join("\n")).findings, []);
});

test("caught: a wave that did not wait, for the healthy or for the applied", () => {
  const findings = (...lines: string[]): string[] => orderOf([...lines, line("web", 0)].join("\n")).findings;
  const early = ["web came before namespaces had been applied and healthy"];
  assert.equal(findings(line("namespaces", -40)), early);
  assert.equal(findings(line("namespaces", -40, "Progressing", "Synced", "0")), early);
  assert.equal(
    findings(line("namespaces", -40, "Healthy", "OutOfSync")),
    early,
    "healthy, since what is missing does not count",
  );
});

test.run();
