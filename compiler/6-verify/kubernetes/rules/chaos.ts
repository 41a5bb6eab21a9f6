import type { PathSegment } from "../../../diagnostics/config-path.ts";
import { quoted, shown } from "../wording.ts";
import type { Violation } from "../violation.ts";
import { at, isGoDuration, listAt, type Rule, violation } from "./rule.ts";

// What Chaos Mesh's admission webhooks (api/v1alpha1/*_webhook.go) check beyond the CRDs.

/** The field of a Schedule or of a workflow's template that a type fills: `NetworkChaos` → `networkChaos`. */
const FIELDS: Record<string, string> = {
  AWSChaos: "awsChaos",
  AzureChaos: "azureChaos",
  BlockChaos: "blockChaos",
  DNSChaos: "dnsChaos",
  GCPChaos: "gcpChaos",
  HTTPChaos: "httpChaos",
  IOChaos: "ioChaos",
  JVMChaos: "jvmChaos",
  KernelChaos: "kernelChaos",
  NetworkChaos: "networkChaos",
  PhysicalMachineChaos: "physicalmachineChaos",
  PodChaos: "podChaos",
  StressChaos: "stressChaos",
  TimeChaos: "timeChaos",
};

export const schedule: Rule = function* (object) {
  const spec = at(object, "spec");
  const type = spec?.["type"];
  if (!spec || typeof type !== "string") return;
  if (type === "Workflow") {
    if (spec["workflow"] === undefined)
      yield violation(["spec"], "required", 'lacks the field "workflow", which the type "Workflow" needs');
    else yield* workflowAt(object, ["spec", "workflow"]);
    return;
  }
  yield* filled(spec, ["spec"], type, "type");
  const field = FIELDS[type];
  if (field) yield* faultAt(object, ["spec", field]);
};

export const workflow: Rule = (object) => workflowAt(object, ["spec"]);

export const fault: Rule = (object) => faultAt(object, ["spec"]);

function* workflowAt(object: unknown, path: PathSegment[]): Iterable<Violation> {
  const templates = listAt(object, ...path, "templates");
  const names = templates.map(({ entry }) => entry["name"]);
  const entry = at(object, ...path)?.["entry"];
  if (typeof entry === "string" && !names.includes(entry)) {
    yield violation(
      [...path, "entry"],
      "reference",
      `there is no template ${shown(entry)}; there are ${quoted(names)}`,
    );
  }
  for (const [index, template] of templates.entries()) {
    const { name, templateType, children } = template.entry;
    if (names.indexOf(name) < index)
      yield violation([...template.path, "name"], "distinct", `${shown(name)} names two templates`);
    for (const [child, target] of (Array.isArray(children) ? (children as unknown[]) : []).entries()) {
      if (!names.includes(target))
        yield violation([...template.path, "children", child], "reference", `there is no template ${shown(target)}`);
    }
    if (templateType === "Suspend" && !template.entry["deadline"]) {
      yield violation(template.path, "required", 'lacks the field "deadline", which a Suspend needs');
    }
    if (typeof templateType === "string") yield* templateFault(object, template.path, template.entry, templateType);
  }
}

function* templateFault(
  object: unknown,
  path: PathSegment[],
  template: Record<string, unknown>,
  type: string,
): Iterable<Violation> {
  const field = FIELDS[type];
  if (!field) return;
  yield* filled(template, path, type, "templateType");
  if (at(template, field)?.["duration"] !== undefined) {
    yield violation(
      [...path, field, "duration"],
      "duration",
      "a fault of a workflow lasts as long as its template's deadline; it may not have a duration",
    );
  }
  yield* faultAt(object, [...path, field]);
}

function* filled(
  holder: Record<string, unknown>,
  path: PathSegment[],
  type: string,
  typeField: string,
): Iterable<Violation> {
  const field = FIELDS[type];
  if (!field)
    yield violation(
      [...path, typeField],
      "enum",
      `${shown(type)} is not a kind of chaos; there are ${quoted(Object.keys(FIELDS))}`,
    );
  else if (holder[field] === undefined)
    yield violation(path, "required", `lacks the field "${field}", which the ${typeField} ${shown(type)} needs`);
}

function* faultAt(object: unknown, path: PathSegment[]): Iterable<Violation> {
  const spec = at(object, ...path);
  if (!spec) return;
  yield* share(spec, path);
  for (const field of ["duration", "delay"]) {
    const value = spec[field];
    if (typeof value === "string" && !isGoDuration(value)) {
      yield violation([...path, field], "duration", `${shown(value)} is not a duration such as "90s" or "1h30m"`);
    }
  }
  if (
    spec["action"] === "container-kill" &&
    !(Array.isArray(spec["containerNames"]) && spec["containerNames"].length > 0)
  ) {
    yield violation(path, "required", 'lacks the field "containerNames", which container-kill needs');
  }
}

/** How many of the selected pods are hit: `mode: fixed` needs a count in `value`, the percent modes 1 to 100. */
function* share(spec: Record<string, unknown>, path: PathSegment[]): Iterable<Violation> {
  const { mode, value } = spec;
  if (mode !== "fixed" && mode !== "fixed-percent" && mode !== "random-max-percent") return;
  const highest = mode === "fixed" ? Infinity : 100;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= highest) return;
  const range = mode === "fixed" ? "a whole number above 0" : "a whole number from 1 to 100";
  if (value === undefined)
    yield violation(path, "required", `lacks the field "value": the mode ${shown(mode)} needs ${range} there`);
  else
    yield violation(
      [...path, "value"],
      "value",
      `must be ${range} in quotes, as the mode ${shown(mode)} needs; is ${shown(value)}`,
    );
}
