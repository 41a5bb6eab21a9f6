import type { PathSegment } from "../../../diagnostics/config-path.ts";
import { quoted } from "../wording.ts";
import type { Violation } from "../violation.ts";
import { at, isGoDuration, listAt, present, type Rule, violation } from "./rule.ts";

// What the controller's pkg/apis/rollouts/validation/validation.go (argo-rollouts 1.10) checks beyond the CRD.

export const rollout: Rule = function* (object) {
  const spec = at(object, "spec");
  if (!spec) return;
  yield* workload(spec);
  const strategy = at(object, "spec", "strategy");
  const named = present(strategy ?? {}, ["canary", "blueGreen"]);
  if (named.length !== 1) {
    yield violation(
      ["spec", "strategy"].slice(0, strategy ? 2 : 1),
      "strategy",
      `needs one strategy, "canary" or "blueGreen"; has ${named.length === 0 ? "none" : "both"}`,
    );
    return;
  }
  const path = ["spec", "strategy", named[0]!];
  if (named[0] === "canary") yield* canary(object, path);
  else yield* distinct(at(object, ...path), path, "activeService", "previewService");
};

function* workload(spec: Record<string, unknown>): Iterable<Violation> {
  const given = present(spec, ["template", "workloadRef"]);
  if (given.length !== 1) {
    yield violation(
      ["spec"],
      "workload",
      `needs either "template" or "workloadRef"; has ${given.length === 0 ? "neither" : "both"}`,
    );
  } else if (given[0] === "template" && spec["selector"] === undefined) {
    yield violation(["spec"], "required", 'lacks the field "selector"');
  }
}

const STEP_FIELDS = [
  "setWeight",
  "pause",
  "experiment",
  "analysis",
  "setCanaryScale",
  "setHeaderRoute",
  "setMirrorRoute",
  "plugin",
] as const;
/** The controller refuses two of these in one step; the others may accompany them. */
const EXCLUSIVE = ["setWeight", "pause", "experiment", "analysis"] as const;

function* canary(object: unknown, path: PathSegment[]): Iterable<Violation> {
  const strategy = at(object, ...path);
  if (!strategy) return;
  const routing = at(strategy, "trafficRouting");
  yield* distinct(strategy, path, "canaryService", "stableService");
  if (routing && strategy["pingPong"] === undefined) {
    for (const field of ["canaryService", "stableService"]) {
      if (!strategy[field]) yield violation(path, "required", `lacks the field "${field}", which trafficRouting needs`);
    }
  }
  if (isZero(strategy["maxSurge"]) && isZero(strategy["maxUnavailable"])) {
    yield violation([...path, "maxSurge"], "minimum", "maxSurge and maxUnavailable cannot both be zero");
  }
  const routes = new Set(listAt(routing, "managedRoutes").map(({ entry }) => entry["name"]));
  const highest = typeof routing?.["maxTrafficWeight"] === "number" ? routing["maxTrafficWeight"] : 100;
  for (const step of listAt(object, ...path, "steps")) {
    yield* canaryStep(step.path, step.entry, highest);
    yield* routedStep(step.path, step.entry, routing, routes);
  }
}

function* canaryStep(path: PathSegment[], step: Record<string, unknown>, highest: number): Iterable<Violation> {
  const exclusive = present(step, EXCLUSIVE);
  if (present(step, STEP_FIELDS).length === 0)
    yield violation(path, "step", `does nothing; a step needs one of ${quoted(STEP_FIELDS)}`);
  if (exclusive.length > 1)
    yield violation(path, "step", `may have only one of ${quoted(exclusive)}; make them steps of their own`);
  const weight = step["setWeight"];
  if (typeof weight === "number" && (weight < 0 || weight > highest)) {
    yield violation([...path, "setWeight"], "weight", `must be between 0 and ${highest}, is ${weight}`);
  }
  const percentage = at(step, "setMirrorRoute")?.["percentage"];
  if (typeof percentage === "number" && (percentage < 0 || percentage > 100)) {
    yield violation([...path, "setMirrorRoute", "percentage"], "weight", `must be between 0 and 100, is ${percentage}`);
  }
  const duration = at(step, "pause")?.["duration"];
  if (
    typeof duration === "string" &&
    !/^\d+$/.test(duration) &&
    (!isGoDuration(duration) || duration.startsWith("-"))
  ) {
    yield violation(
      [...path, "pause", "duration"],
      "duration",
      `${JSON.stringify(duration)} is not a duration such as "90s" or "1h30m"`,
    );
  }
}

function* routedStep(
  path: PathSegment[],
  step: Record<string, unknown>,
  routing: Record<string, unknown> | undefined,
  routes: ReadonlySet<unknown>,
): Iterable<Violation> {
  for (const field of ["setCanaryScale", "setHeaderRoute", "setMirrorRoute"]) {
    const value = at(step, field);
    if (!value) continue;
    if (!routing) {
      yield violation([...path, field], "trafficRouting", `${field} needs trafficRouting`);
    } else if (field !== "setCanaryScale" && !routes.has(value["name"])) {
      yield violation(
        [...path, field, "name"],
        "managedRoutes",
        `${JSON.stringify(value["name"])} is not among trafficRouting.managedRoutes`,
      );
    }
  }
}

function* distinct(
  strategy: Record<string, unknown> | undefined,
  path: PathSegment[],
  one: string,
  other: string,
): Iterable<Violation> {
  if (strategy?.[one] && strategy[one] === strategy[other])
    yield violation([...path, other], "distinct", `must differ from ${one}`);
}

const isZero = (value: unknown): boolean => value === 0 || value === "0" || value === "0%";
