import type { PathSegment } from "../../../diagnostics/config-path.ts";
import type { Violation } from "../violation.ts";
import { at, isGoDuration, listAt, present, type Rule, violation } from "./rule.ts";

/** What ValidateMetrics in the controller's utils/analysis/factory.go (argo-rollouts 1.10) checks beyond the CRD. */
export const analysis: Rule = function* (object) {
  const metrics = listAt(object, "spec", "metrics");
  if (Array.isArray(at(object, "spec")?.["metrics"]) && metrics.length === 0) {
    yield violation(["spec", "metrics"], "minItems", "needs at least one metric");
  }
  const names = new Set<unknown>();
  for (const { path, entry: metric } of metrics) {
    if (names.has(metric["name"]))
      yield violation([...path, "name"], "distinct", `${JSON.stringify(metric["name"])} names two metrics`);
    names.add(metric["name"]);

    const provider = at(metric, "provider");
    const providers = Object.keys(provider ?? {});
    if (provider && providers.length !== 1) {
      yield violation([...path, "provider"], "provider", `needs exactly one provider, has ${providers.length}`);
    }
    if (Number(metric["count"]) > 1 && metric["interval"] === undefined) {
      yield violation(path, "required", 'lacks the field "interval", which a count above 1 needs');
    }
    if (
      Number(metric["count"]) > 0 &&
      Number(metric["count"]) < Number(metric["failureLimit"] ?? 0) + Number(metric["consecutiveSuccessLimit"] ?? 0)
    ) {
      yield violation(
        [...path, "count"],
        "minimum",
        "must be at least failureLimit + consecutiveSuccessLimit, else the analysis cannot end",
      );
    }
    if (Number(metric["count"]) > 0 && Number(metric["count"]) < Number(metric["inconclusiveLimit"] ?? 0))
      yield violation([...path, "count"], "minimum", "must be at least inconclusiveLimit");
    yield* decides(path, metric);
    for (const field of present(metric, ["interval", "initialDelay"])) {
      const value = metric[field];
      if (typeof value === "string" && !isGoDuration(value)) {
        yield violation(
          [...path, field],
          "duration",
          `${JSON.stringify(value)} is not a duration such as "90s" or "1h30m"`,
        );
      }
    }
  }
};

/**
 * Not the controller's rule: a query that nothing fails looks like a gate and is none. Without a condition every answer
 * is a success, EvaluateResult in utils/evaluate/evaluate.go; other providers end by themselves.
 */
function* decides(path: PathSegment[], metric: Record<string, unknown>): Iterable<Violation> {
  if (at(metric, "provider", "prometheus") === undefined) return;
  const { successCondition: success, failureCondition: failure, failureLimit = 0, count } = metric;
  if (success === undefined && failure === undefined)
    yield violation(path, "cannotFail", "has no condition, so that every answer is a success");
  else if (isAlways(success, "true") && (failure === undefined || isAlways(failure, "false")))
    yield violation([...path, "successCondition"], "cannotFail", "is met by every answer, so that nothing fails");
  else if (success === undefined && isAlways(failure, "false"))
    yield violation([...path, "failureCondition"], "cannotFail", "is met by no answer, so that nothing fails");
  else if (Number(failureLimit) < 0 || (Number(count) > 0 && Number(failureLimit) === Number(count)))
    // above that it cannot end
    yield violation([...path, "failureLimit"], "cannotFail", "lets every measurement fail, so that nothing does");
}

const isAlways = (condition: unknown, what: "true" | "false"): boolean =>
  typeof condition === "string" && condition.trim() === what;
