import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chartSchemas } from "../../../helm-library/schema/compose.ts";
import { Charts, chartNames, coalesce, defaults, example, helm, library, type Data } from "./charts.ts";

const schemas = suite("helm: values.schema.json");

const schemaOf = (chart: string): Data => JSON.parse(readFileSync(join(library, chart, "values.schema.json"), "utf8"));
// strictRequired wants `required` beside the property's own definition, which no branch of anyOf, if or then can offer.
const ajv = new Ajv({ strict: true, strictRequired: false });
const validators = new Map<string, ValidateFunction>(chartNames.map((chart) => [chart, ajv.compile(schemaOf(chart))]));
const accepts = (chart: string, values: Data): boolean => validators.get(chart)!(values);

schemas("is what compose.ts makes of its parts", () => {
  for (const [chart, text] of Object.entries(chartSchemas())) {
    assert.is(
      readFileSync(join(library, chart, "values.schema.json"), "utf8"),
      text,
      `${chart}: run helm-library/schema/compose.ts`,
    );
  }
});

schemas("closes every object: no unknown property, or a map with a pattern for its keys", () => {
  for (const chart of chartNames) {
    for (const node of described(schemaOf(chart))) {
      if (node.type !== "object" || node.maxProperties === 0 || "allOf" in node) continue; // allOf: closed where it points to
      const map = typeof node.additionalProperties === "object" && "propertyNames" in node;
      assert.ok(map || (node.additionalProperties === false && "properties" in node), JSON.stringify(node));
    }
  }
});

for (const chart of chartNames) {
  schemas(`${chart}: the examples are valid, alone and over the defaults`, () => {
    for (const name of ["smallest", "fullest"] as const) {
      const values = example(chart, name);
      assert.ok(accepts(chart, values), JSON.stringify(validators.get(chart)!.errors));
      assert.ok(accepts(chart, coalesce(defaults(chart), values)));
    }
  });

  schemas(`${chart}: every value is documented, has a default or is required, and is in the fullest example`, () => {
    const { properties, required } = schemaOf(chart);
    const fullest = example(chart, "fullest");
    const readme = readFileSync(join(library, "README.md"), "utf8");
    for (const name of Object.keys(properties)) {
      if (["global", "eco-library"].includes(name)) continue; // Helm's own
      assert.ok(required.includes(name) || name in defaults(chart), `${name} has neither a default nor is it required`);
      assert.ok(name in fullest, `${name} is missing in the example`);
      assert.match(readme, `\`${name}\``, `${name} is missing in README.md`);
    }
    for (const name of Object.keys(defaults(chart)))
      assert.not.equal(fullest[name], defaults(chart)[name], `${name} is at its default`);
  });

  schemas(`${chart}: an unknown key is refused wherever it stands`, () => {
    const maps = [
      "labels",
      "annotations",
      "env",
      "fieldEnv",
      "secretEnv",
      "files",
      "nodeSelector",
      "matchLabels",
      "podLabels",
      "podAnnotations",
    ];
    let tried = 0;
    for (const { path, value } of places(example(chart, "fullest"))) {
      if (!isObject(value) || maps.includes(String(path.at(-1)))) continue;
      assert.not(
        accepts(chart, replaced(example(chart, "fullest"), [...path, "unknownKey"], "x")),
        `${path.join(".")}.unknownKey`,
      );
      tried++;
    }
    assert.ok(tried > 15);
  });

  schemas(`${chart}: a value of another type is refused wherever it stands`, () => {
    for (const { path, value } of places(example(chart, "fullest"))) {
      const wrong =
        typeof value === "string" ? [1.5, null, {}] : typeof value === "number" ? ["a b", 1.5, null] : ["a b", 1, null];
      for (const other of wrong) {
        if (path.length === 0) continue;
        assert.not(
          accepts(chart, replaced(example(chart, "fullest"), path, other)),
          `${path.join(".")} = ${JSON.stringify(other)}`,
        );
      }
    }
  });

  schemas(`${chart}: nothing that is required can be left out`, () => {
    for (const name of schemaOf(chart).required) {
      const { [name]: _left, ...rest } = example(chart, "smallest");
      assert.not(accepts(chart, rest), name);
    }
  });
}

/** One key of the fullest values of `service`, replaced. */
const refused: [reason: string, over: Data][] = [
  ["no image reference", { image: { repository: "registry.example/web" } }],
  ["the tag latest", { image: { repository: "registry.example/web", tag: "latest" } }],
  ["a tag within the repository", { image: { repository: "registry.example/web:1.0", tag: "1" } }],
  ["a digest of another length", { image: { repository: "registry.example/web", digest: "sha256:abc" } }],
  ["a user below 10000", { security: { runAsUser: 0, runAsGroup: 10001, fsGroup: 10001 } }],
  [
    "no ephemeral-storage limit",
    { resources: { requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" }, limits: { memory: "1Gi" } } },
  ],
  [
    "memory in milli-units",
    {
      resources: {
        requests: { cpu: "1", memory: "100m", "ephemeral-storage": "1Gi" },
        limits: { memory: "1Gi", "ephemeral-storage": "1Gi" },
      },
    },
  ],
  ["ports without probes", { probes: {} }],
  [
    "a probe of two kinds",
    {
      probes: {
        liveness: { tcpSocket: { port: "http" }, exec: { command: ["x"] } },
        readiness: { tcpSocket: { port: "http" } },
      },
    },
  ],
  ["a probe of no kind", { probes: { liveness: { periodSeconds: 1 }, readiness: { tcpSocket: { port: "http" } } } }],
  ["an autoscaler without a target", { autoscaling: { minReplicas: 1, maxReplicas: 2 } }],
  ["an autoscaler without a maximum", { autoscaling: { minReplicas: 1, targetCPUUtilizationPercentage: 50 } }],
  ["the chart's own label", { labels: { "app.kubernetes.io/name": "other" } }],
  ["another sidecar injection than mesh says", { podLabels: { "sidecar.istio.io/inject": "false" } }],
  ["sync options, which guard state", { annotations: { "argocd.argoproj.io/sync-options": "Prune=true" } }],
  ["a label value with a space", { labels: { a: "b c" } }],
  ["a label value that ends in a line break", { labels: { a: "b\n" } }],
  ["a peer list that means everyone", { networkPolicy: { ingress: [{ from: [] }], egress: [] } }],
  ["one direction of a network policy", { networkPolicy: { ingress: [] } }],
  [
    "a block beside a pod selector",
    { networkPolicy: { ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }] }], egress: [] } },
  ],
  ["files without a folder", { config: { files: { a: "b" } } }],
  ["a file name that leaves the folder", { config: { mountPath: "/etc/app", files: { "../a": "b" } } }],
  ["a file that is the folder itself", { config: { mountPath: "/etc/app", files: { "..": "b" } } }],
  ["a relative mount path", { volumes: [{ name: "a", mountPath: "a", sizeLimit: "1Mi" }] }],
  ["an unbounded folder", { volumes: [{ name: "a", mountPath: "/a" }] }],
  ["the chart's own volume name", { volumes: [{ name: "secret-0", mountPath: "/a", sizeLimit: "1Mi" }] }],
  ["a secret without a place", { secrets: [{ name: "database" }] }],
  ["a port name that Kubernetes refuses", { ports: [{ name: "much-too-long-name", targetPort: 1, protocol: "http" }] }],
  ["a protocol that Istio does not know", { ports: [{ name: "a", targetPort: 1, protocol: "gopher" }] }],
  ["a name that starts with a digit", { name: "1web" }],
];

for (const [reason, over] of refused) {
  schemas(`refused: ${reason}`, () => {
    assert.not(accepts("service", { ...example("service", "fullest"), ...over }));
  });
}

schemas("a CronJob's and a StatefulSet's name leaves room for what Kubernetes appends", () => {
  for (const [chart, longest] of [
    ["service", 63],
    ["job", 52],
    ["stateful", 52],
    ["daemon", 63],
  ] as const) {
    assert.ok(accepts(chart, { ...example(chart, "fullest"), name: "a".repeat(longest) }));
    assert.not(accepts(chart, { ...example(chart, "fullest"), name: "a".repeat(longest + 1) }));
  }
});

// Helm has another validator (Go's regular expressions, defaults merged in first): it must agree.
const withHelm = helm ? schemas : schemas.skip;

withHelm("helm refuses what ajv refuses, and names the place", () => {
  const charts = new Charts();
  const more: typeof refused = [
    ["an unknown key", { replicaCount: 1 }],
    ["a number for a name", { name: 5 }],
  ];
  for (const [reason, over] of [...refused, ...more]) {
    const [key] = Object.keys(over);
    assert.throws(
      () => charts.render("service", { ...example("service", "fullest"), ...over }),
      ({ message }: Error) =>
        message.includes("meet the specifications of the schema") &&
        new RegExp(`'/?${key}[/']|invalid propertyName`).test(message),
      reason,
    );
  }
  charts.remove();
});

function isObject(value: Data): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The schemas that describe a place of the values, without the conditions laid over them (anyOf, if, then,
 * dependencies).
 */
function* described(schema: Data): Generator<Data> {
  yield schema;
  for (const keyword of ["properties", "definitions"]) {
    for (const child of Object.values(schema[keyword] ?? {})) yield* described(child);
  }
  for (const keyword of ["items", "additionalProperties"]) {
    if (isObject(schema[keyword])) yield* described(schema[keyword]);
  }
}

function* places(value: Data, path: (string | number)[] = []): Generator<{ path: (string | number)[]; value: Data }> {
  yield { path, value };
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value))
    yield* places(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaced(root: Data, path: (string | number)[], value: Data): Data {
  const copy = structuredClone(root);
  const last = path.at(-1)!;
  path.slice(0, -1).reduce((node, key) => node[key], copy)[last] = value;
  return copy;
}

schemas.run();
