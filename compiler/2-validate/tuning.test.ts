import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { findings } from "./test/change.ts";
import { validate } from "./index.ts";

const proposal = (changes: readonly { tunable: string; value: unknown }[], rest: Record<string, unknown> = {}) => ({
  id: "p-1",
  component: "optimizer",
  acceptedAt: "2026-11-01T10:00:00Z",
  expiresAt: "2026-11-08T10:00:00Z",
  changes,
  evidence: { inputs: {}, engine: "classical" },
  ...rest,
});
const tuning = (...proposals: unknown[]) => ({ format_version: 1, proposals });
const one = (tunable: string, value: unknown) => tuning(proposal([{ tunable, value }]));

// In the ecosystem that writes everything: scaling.min 2 to 6 by 2, cpu 100m to 400m by 50m, memory 128Mi to 512Mi by
// 64Mi.
const refused: readonly [tunable: string, value: unknown, id: string, field: string, message: string, hint: string][] =
  [
    [
      "services.web.probes.liveness.every",
      "60s",
      "not-tunable",
      "tunable",
      "p-1: services.web.probes.liveness.every is not tunable",
      "take the change out, or make the value tunable() in the config",
    ],
    [
      "services.web.scaling.mni",
      4,
      "not-tunable",
      "tunable",
      "p-1: services.web.scaling.mni is not tunable",
      'did you mean "services.web.scaling.min"?',
    ],
    [
      "teams.crew.size",
      4,
      "not-tunable",
      "tunable",
      "p-1: teams.crew.size is not tunable",
      "take the change out, or make the value tunable() in the config",
    ],
    [
      "services.web.scaling.min.default",
      4,
      "not-tunable",
      "tunable",
      "p-1: services.web.scaling.min.default is not tunable",
      'did you mean "services.web.scaling.min"?',
    ],
    [
      "not [a path",
      4,
      "not-tunable",
      "tunable",
      "p-1: not [a path is not tunable",
      "take the change out, or make the value tunable() in the config",
    ],
    [
      "__proto__.constructor",
      4,
      "not-tunable",
      "tunable",
      "p-1: __proto__.constructor is not tunable",
      "take the change out, or make the value tunable() in the config",
    ],
    [
      "services.web.scaling.min",
      8,
      "out-of-bounds",
      "value",
      "p-1: services.web.scaling.min is set to 8",
      "bounds are 2 to 6 in steps of 2",
    ],
    [
      "services.web.scaling.min",
      1,
      "out-of-bounds",
      "value",
      "p-1: services.web.scaling.min is set to 1",
      "bounds are 2 to 6 in steps of 2",
    ],
    [
      "services.web.scaling.min",
      3,
      "out-of-bounds",
      "value",
      "p-1: services.web.scaling.min is set to 3, which is not a step",
      "bounds are 2 to 6 in steps of 2",
    ],
    [
      "services.web.scaling.min",
      "4",
      "out-of-bounds",
      "value",
      'p-1: services.web.scaling.min cannot be "4"',
      "bounds are 2 to 6 in steps of 2",
    ],
    [
      "services.web.resources.cpu",
      "450m",
      "out-of-bounds",
      "value",
      "p-1: services.web.resources.cpu is set to 450m",
      "bounds are 100m to 400m in steps of 50m",
    ],
    [
      "services.web.resources.cpu",
      "120m",
      "out-of-bounds",
      "value",
      "p-1: services.web.resources.cpu is set to 120m, which is not a step",
      "bounds are 100m to 400m in steps of 50m",
    ],
    [
      "services.web.resources.cpu",
      "256Mi",
      "out-of-bounds",
      "value",
      'p-1: services.web.resources.cpu cannot be "256Mi"',
      "bounds are 100m to 400m in steps of 50m",
    ],
    [
      "services.web.resources.cpu",
      0.2,
      "out-of-bounds",
      "value",
      "p-1: services.web.resources.cpu cannot be 0.2",
      "bounds are 100m to 400m in steps of 50m",
    ],
    [
      "services.web.resources.cpu",
      "a lot",
      "out-of-bounds",
      "value",
      'p-1: services.web.resources.cpu cannot be "a lot"',
      "bounds are 100m to 400m in steps of 50m",
    ],
    [
      "services.web.resources.memory",
      "300m",
      "out-of-bounds",
      "value",
      'p-1: services.web.resources.memory cannot be "300m"',
      "bounds are 128Mi to 512Mi in steps of 64Mi",
    ],
    [
      "services.web.resources.memory",
      "1Gi",
      "out-of-bounds",
      "value",
      "p-1: services.web.resources.memory is set to 1Gi",
      "bounds are 128Mi to 512Mi in steps of 64Mi",
    ],
  ];
for (const [tunable, value, id, field, message, hint] of refused) {
  test(`${tunable} = ${JSON.stringify(value)} is refused`, () => {
    assert.equal(findings(everything, { tuning: one(tunable, value) }), [
      { id: `tuning/${id}`, severity: "error", input: "tuning", at: `proposals[0].changes[0].${field}`, message, hint },
    ]);
  });
}

const accepted: readonly [tunable: string, value: number | string, path?: string][] = [
  ["services.web.scaling.min", 2],
  ["services.web.scaling.min", 6],
  ["services.web.resources.cpu", "0.25"],
  ["services.web.resources.memory", "0.5Gi"],
  ["rollouts.steps.steps[0].weight", 15],
  ["clusters.gke.nodePools.main.min", 3],
  ["services.web.in.first.scaling.max", 5],
  ['services["web"].scaling.min', 4, "services.web.scaling.min"],
];
for (const [tunable, value, path = tunable] of accepted) {
  test(`${tunable} = ${value} is accepted under ${path}`, () => {
    const { diagnostics, accepted } = validate({ config: everything, images: undefined, tuning: one(tunable, value) });
    assert.equal(diagnostics, []);
    assert.equal([...accepted], [[path, value]]);
  });
}

test("two proposals do not share an id", () => {
  const change = { tunable: "services.web.scaling.min", value: 4 };
  const file = tuning(
    { ...proposal([change]), id: "a" },
    { ...proposal([change]), id: "b" },
    { ...proposal([change]), id: "a" },
  );
  assert.equal(
    findings(everything, { tuning: file }).map(({ id, at, related }) => [id, at, related?.[0]?.at]),
    [["tuning/repeated-id", "proposals[2].id", "proposals[0].id"]],
  );
});

test("a fraction of a count without a step is no whole number", () => {
  const config = structuredClone(everything) as unknown as {
    services: { web: { scaling: { min: { step?: number } } } };
  };
  delete config.services.web.scaling.min.step;
  assert.is(findings(config, { tuning: one("services.web.scaling.min", 3) }).length, 0);
  assert.is(
    findings(config, { tuning: one("services.web.scaling.min", 3.5) })[0]!.message,
    "p-1: services.web.scaling.min is set to 3.5, which is not a whole number",
  );
});

test("the last proposal wins", () => {
  const changes = (value: number) => proposal([{ tunable: "services.web.scaling.min", value }]);
  assert.equal(
    [
      ...validate({
        config: everything,
        images: undefined,
        tuning: tuning(...[2, 6, 4].map((value, index) => ({ ...(changes(value) as object), id: `p-${index}` }))),
      }).accepted,
    ],
    [["services.web.scaling.min", 4]],
  );
});

test("a proposal expires only where somebody asks, and to the second", () => {
  const file = one("services.web.scaling.min", 4);
  assert.equal(findings(everything, { tuning: file }), []);
  assert.equal(findings(everything, { tuning: file, asOf: new Date("2026-11-08T10:00:00Z") }), []);
  assert.equal(findings(everything, { tuning: file, asOf: new Date("2026-11-08T10:00:01Z") }), [
    {
      id: "tuning/expired",
      severity: "error",
      input: "tuning",
      at: "proposals[0].expiresAt",
      message: "p-1 expired at 2026-11-08T10:00:00Z",
      hint: "close the pull request; the component proposes again on new evidence",
    },
  ]);
});

const forms: readonly [title: string, file: unknown, at: string, message: string][] = [
  ["another version", { format_version: 2, proposals: [] }, "format_version", "format_version must be 1, and is 2"],
  [
    "a proposal without expiry",
    tuning(proposal([{ tunable: "a", value: 1 }], { expiresAt: undefined })),
    "proposals[0]",
    '"expiresAt" is missing in proposals[0]',
  ],
  [
    "a local time",
    tuning(proposal([{ tunable: "a", value: 1 }], { expiresAt: "2026-11-08" })),
    "proposals[0].expiresAt",
    'expiresAt "2026-11-08" does not match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
  ],
  [
    "an unknown component",
    tuning(proposal([{ tunable: "a", value: 1 }], { component: "somebody" })),
    "proposals[0].component",
    'component must be one of "optimizer", "aiops", "finops", and is "somebody"',
  ],
  ["no change", tuning(proposal([])), "proposals[0].changes", "changes must have at least one entry"],
  [
    "a value that is neither number nor text",
    one("a", true),
    "proposals[0].changes[0].value",
    "value must be a number or a text, and is true",
  ],
];
for (const [title, file, at, message] of forms) {
  test(`form: ${title}`, () =>
    assert.equal(
      findings(everything, { tuning: file }).map((finding) => [finding.input, finding.at, finding.message]),
      [["tuning", at, message]],
    ));
}

test.run();
