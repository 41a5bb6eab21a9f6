import type { PathSegment } from "../../../diagnostics/config-path.ts";
import { shown } from "../wording.ts";
import type { Violation } from "../violation.ts";
import { at, listAt, present, type Rule, violation } from "./rule.ts";

// What the API server's own validation (k8s.io/kubernetes/pkg/apis/*/validation) checks beyond its published schema.

/** Kinds whose spec the schema calls optional and the server does not. */
export const needsSpec: Rule = function* (object) {
  if (at(object)?.["spec"] === undefined) yield violation([], "required", 'lacks the field "spec"');
};

/** A controller's selector must match the pods that it makes. */
export const selectorMatchesTemplate: Rule = function* (object) {
  const wanted = at(object, "spec", "selector", "matchLabels") ?? {};
  const labels = at(object, "spec", "template", "metadata", "labels") ?? {};
  if (at(object, "spec", "template") === undefined) return;
  for (const key in wanted) {
    if (wanted[key] === labels[key]) continue;
    const given = labels[key] === undefined ? "do not have it" : `say ${shown(labels[key])}`;
    yield violation(
      ["spec", "selector", "matchLabels", key],
      "selector",
      `selects ${shown(wanted[key])}, but the template's labels ${given}`,
    );
  }
};

const POD_PATHS: PathSegment[][] = [
  ["spec"],
  ["spec", "template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
];

export const pods: Rule = function* (object) {
  for (const path of POD_PATHS) if (Array.isArray(at(object, ...path)?.["containers"])) yield* podAt(object, path);
};

function* podAt(object: unknown, path: PathSegment[]): Iterable<Violation> {
  const claims = listAt(object, "spec", "volumeClaimTemplates").map(({ entry }) => at(entry, "metadata")?.["name"]);
  const volumes = new Set([...claims, ...listAt(object, ...path, "volumes").map(({ entry }) => entry["name"])]);
  for (const field of ["initContainers", "containers"]) {
    for (const container of listAt(object, ...path, field)) {
      for (const mount of listAt(object, ...container.path, "volumeMounts")) {
        if (volumes.has(mount.entry["name"])) continue;
        yield violation([...mount.path, "name"], "reference", `there is no volume ${shown(mount.entry["name"])}`);
      }
      for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"])
        yield* probeAt(object, [...container.path, probe]);
    }
  }
}

const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"] as const;

function* probeAt(object: unknown, path: PathSegment[]): Iterable<Violation> {
  const probe = at(object, ...path);
  if (!probe) return;
  const handlers = present(probe, HANDLERS).length;
  if (handlers !== 1)
    yield violation(
      path,
      "probe",
      `needs exactly one of "exec", "grpc", "httpGet", "tcpSocket"; has ${handlers === 0 ? "none" : handlers}`,
    );
}

export const alwaysRestarts: Rule = function* (object) {
  const policy = at(object, "spec", "template", "spec")?.["restartPolicy"];
  if (policy !== undefined && policy !== "Always") {
    yield violation(
      ["spec", "template", "spec", "restartPolicy"],
      "restartPolicy",
      `must be "Always" here, is ${shown(policy)}`,
    );
  }
};

const endsSometime = (path: PathSegment[]): Rule =>
  function* (object) {
    const pod = at(object, ...path);
    if (pod && pod["restartPolicy"] !== "Never" && pod["restartPolicy"] !== "OnFailure") {
      yield violation(
        pod["restartPolicy"] === undefined ? path : [...path, "restartPolicy"],
        "restartPolicy",
        'a job\'s restartPolicy must be "Never" or "OnFailure"',
      );
    }
  };

export const job = endsSometime(["spec", "template", "spec"]);
export const cronJob = endsSometime(["spec", "jobTemplate", "spec", "template", "spec"]);

export const service: Rule = function* (object) {
  const ports = listAt(object, "spec", "ports");
  if (ports.length > 1) {
    for (const { path, entry } of ports) {
      if (!entry["name"])
        yield violation(path, "required", 'lacks the field "name", which each of several ports needs');
    }
  }
  const spec = at(object, "spec");
  if (spec && ports.length === 0 && spec["type"] !== "ExternalName" && spec["clusterIP"] !== "None") {
    yield violation(["spec"], "required", 'lacks the field "ports"');
  }
  if (spec?.["type"] === "ExternalName" && !spec["externalName"]) {
    yield violation(["spec"], "required", 'lacks the field "externalName", which the type "ExternalName" needs');
  }
};

export const horizontalPodAutoscaler: Rule = function* (object) {
  const { minReplicas, maxReplicas } = at(object, "spec") ?? {};
  if (typeof minReplicas !== "number" || typeof maxReplicas !== "number" || minReplicas <= maxReplicas) return;
  yield violation(
    ["spec", "minReplicas"],
    "maximum",
    `must not be above maxReplicas, ${maxReplicas}; is ${minReplicas}`,
  );
};

export const podDisruptionBudget: Rule = function* (object) {
  if (present(at(object, "spec") ?? {}, ["minAvailable", "maxUnavailable"]).length === 2) {
    yield violation(["spec"], "oneOf", 'may have only one of "minAvailable", "maxUnavailable"');
  }
};

export const customResourceDefinition: Rule = function* (object) {
  const group = at(object, "spec")?.["group"];
  const plural = at(object, "spec", "names")?.["plural"];
  const name = at(object, "metadata")?.["name"];
  if (group === undefined || plural === undefined || name === `${plural}.${group}`) return;
  yield violation(
    ["metadata", "name"],
    "name",
    `must be ${shown(`${plural}.${group}`)}, the plural and the group; is ${shown(name)}`,
  );
};
