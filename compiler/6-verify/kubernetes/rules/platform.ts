import { shown } from "../wording.ts";
import { at, listAt, present, type Rule, violation } from "./rule.ts";

/** The template's name must be its kind in lower case: the constraint framework, pkg/client/crds/validate.go. */
export const constraintTemplate: Rule = function* (object) {
  const kind = at(object, "spec", "crd", "spec", "names")?.["kind"];
  const name = at(object, "metadata")?.["name"];
  if (typeof kind === "string" && name !== kind.toLowerCase()) {
    yield violation(
      ["metadata", "name"],
      "name",
      `must be ${shown(kind.toLowerCase())}, the kind in lower case; is ${shown(name)}`,
    );
  }
};

/** What Argo CD's util/argo/argo.go (ValidateRepo, GetDestinationServer) checks beyond the CRD. */
export const application: Rule = function* (object) {
  const spec = at(object, "spec");
  if (!spec) return;
  const destination = at(spec, "destination");
  if (destination && present(destination, ["name", "server"]).length === 2) {
    yield violation(["spec", "destination"], "oneOf", 'may have only one of "name", "server"');
  }
  const sources = listAt(spec, "sources").map(({ path, entry }) => ({ path: ["spec", ...path], entry }));
  const source = at(spec, "source");
  if (source) sources.push({ path: ["spec", "source"], entry: source });
  if (sources.length === 0) yield violation(["spec"], "required", 'needs "source" or "sources"');
  for (const { path, entry } of sources) {
    if (present(entry, ["path", "chart", "ref"]).length === 0)
      yield violation(path, "required", 'needs one of "path", "chart", "ref"');
    if (entry["chart"] !== undefined && !entry["targetRevision"]) {
      yield violation(path, "required", 'lacks the field "targetRevision", which a chart needs');
    }
  }
};

/** https://keda.sh/docs/latest/reference/scaledobject-spec/: KEDA's webhook refuses min above max. */
export const scaledObject: Rule = function* (object) {
  const { minReplicaCount, maxReplicaCount } = at(object, "spec") ?? {};
  if (typeof minReplicaCount !== "number" || typeof maxReplicaCount !== "number" || minReplicaCount <= maxReplicaCount)
    return;
  yield violation(
    ["spec", "minReplicaCount"],
    "maximum",
    `must not be above maxReplicaCount, ${maxReplicaCount}; is ${minReplicaCount}`,
  );
};

/**
 * Istio's validation refuses a destination's weight below zero, and routes that share traffic but weigh nothing
 * together.
 */
export const virtualService: Rule = function* (object) {
  for (const field of ["http", "tcp", "tls"]) {
    for (const route of listAt(object, "spec", field)) {
      const destinations = listAt(object, ...route.path, "route");
      for (const { path, entry } of destinations) {
        if (typeof entry["weight"] === "number" && entry["weight"] < 0)
          yield violation([...path, "weight"], "weight", `must not be below 0, is ${entry["weight"]}`);
      }
      if (destinations.length > 1 && destinations.every(({ entry }) => !entry["weight"])) {
        yield violation([...route.path, "route"], "weight", "its destinations weigh nothing together");
      }
    }
  }
};
