import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import { changed, GONE } from "../2-validate/test/change.ts";
import { validate } from "../2-validate/index.ts";
import { lower } from "./index.ts";
import { policyData } from "../policy/data.ts";

interface Node {
  $ref?: string;
  properties?: Record<string, Node>;
  additionalProperties?: boolean | Node;
  items?: Node;
  if?: { type?: string; required?: string[] };
  then?: Node;
  else?: Node;
  oneOf?: Node[];
  discriminator?: { propertyName: string };
  default?: unknown;
}

const root = JSON.parse(
  readFileSync(new URL("../../schemas/ecosystem.schema.json", import.meta.url), "utf8"),
) as Node & { definitions: Record<string, Node> };
const deref = (node: Node): Node =>
  node.$ref === undefined ? node : deref(root.definitions[node.$ref.slice("#/definitions/".length)]!);
const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

/**
 * Every place of a value whose field has a literal default in the schema: the doc comments' `@default`, as editors and
 * docs show it.
 */
function* documented(
  value: unknown,
  node: Node,
  path: PathSegment[] = [],
): Generator<{ path: PathSegment[]; literal: unknown }> {
  if ("default" in node) yield { path, literal: node.default };
  const schema = deref(node);
  if (schema.then || schema.else) {
    const { type, required = [] } = schema.if ?? {};
    const fits = (type === undefined || type === typeOf(value)) && required.every((field) => field in Object(value));
    const branch = fits ? schema.then : schema.else;
    if (branch) yield* documented(value, branch, path);
    return;
  }
  if (schema.oneOf) {
    const tag = schema.discriminator!.propertyName;
    const own = schema.oneOf
      .map((branch) => (branch.oneOf ? { ...branch, properties: { ...branch.properties } } : deref(branch)))
      .find((branch) => {
        const wanted = branch.properties?.[tag] as { const?: unknown } | undefined;
        return wanted?.const === (value as Record<string, unknown>)[tag];
      });
    if (own) yield* documented(value, own, path);
    return;
  }
  if (schema.items && Array.isArray(value))
    for (const [index, child] of value.entries()) yield* documented(child, schema.items, [...path, index]);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return;
  for (const [key, child] of Object.entries(value)) {
    const field =
      schema.properties?.[key] ??
      (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
    if (field) yield* documented(child, field, [...path, key]);
  }
}

/** A topology without the paths that its parts come from. */
function lowered(config: unknown): string {
  const validated = validate({ config, images: undefined, tuning: undefined });
  assert.equal(validated.diagnostics, []);
  const topology = lower(validated);
  const plain = (value: unknown) =>
    JSON.stringify(value, (key, child: unknown) => (key === "source" || key === "written" ? undefined : child));
  return plain(topology) + plain(policyData(topology, [], []));
}

/** Sections that others refer to: leaving one out is another mistake. */
const REFERRED = ["secrets", "slos", "rollouts", "externals"];
/** What a difference leaves out is the service's own; and what differs in one of its fields depends on it. */
const isDifference = ({ path }: { path: readonly PathSegment[] }) =>
  path[2] === "in" ||
  path[2] === "on" ||
  path[1] === "mirrored" ||
  (path[0] === "registries" && (path[1] === "in" || path[1] === "on"));
/** Ports that have addresses in the configuration of another service: leaving them out is another mistake. */
const isCalled = ({ path }: { path: readonly PathSegment[] }) =>
  path[2] === "ports" && ["inline", "inline-plain", "store"].includes(String(path[1]));
/** What has a URL in the configuration of a service has to speak HTTP. */
const isUrl = ({ path }: { path: readonly PathSegment[] }) => path[0] === "externals" && path[1] === "payments";
const places = [...documented(everything, root)]
  .filter(({ path }) => path[0] !== "targets" && !(path.length === 1 && REFERRED.includes(String(path[0]))))
  .filter((place) => !isDifference(place) && !isCalled(place) && !isUrl(place))
  .map(({ path, literal }) => ({ at: formatPath(path), literal }));
const original = lowered(everything);

test("the ecosystem that writes everything has dozens of fields with a literal default", () => {
  assert.ok(
    new Set(places.map(({ at }) => at.replace(/^(services|rollouts|resilience\.experiments)\.[^.]+/, "$1.*"))).size >
      60,
    String(places.length),
  );
});

/** Fields whose value in the ecosystem that writes everything happens to make no difference there, and why. */
const SILENT: Record<string, string> = {
  "resilience.enabled": "it is on",
  "security.mesh.enabled": "it is on",
  "services.web.kind": "it is a service",
  "optimization.apply": "there is one way only",
};

for (const { at, literal } of places) {
  const { [at.replace(/\[\d+\]/g, "")]: silent } = SILENT;
  test(`${at} is ${JSON.stringify(literal)} when it is left out${silent === undefined ? "" : ` (${silent})`}`, () => {
    const without = lowered(changed([at, GONE]));
    assert.is(lowered(changed([at, literal])), without);
    if (silent === undefined)
      assert.is.not(
        without,
        original,
        "leaving it out changes nothing: lower does not read it, or the test does not see it",
      );
  });
}

test("sections that are left out are empty", () => {
  const { name, repository, management, environments, clusters, security } = everything;
  const teams = { crew: { contact: "#crew" } }; // without services nothing may differ
  const { "gcp-second": _, ...clouds } = everything.clouds;
  const minimal = { name, repository, management, clouds, environments, teams, clusters, security, services: {} };
  assert.is(
    lowered(minimal),
    lowered({
      ...minimal,
      runners: {},
      secrets: {},
      slos: {},
      rollouts: {},
      budgets: {},
      patches: [],
      observability: {},
      targets: {},
    }),
  );
});

test.run();
