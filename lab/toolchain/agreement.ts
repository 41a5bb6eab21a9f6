import type { Deployed } from "./deployed.ts";
import type { Package } from "./versions.ts";

export interface Pin {
  module: string;
  version: string;
  sum?: string;
}

/** The text of a file in a package's own folder; undefined where there is none. */
export type OwnText = (name: string, file: string) => string | undefined;

/** Where the lab and the compiler pin one module, they pin one version with one sum. */
export function againstSchemas(
  packages: ReadonlyMap<string, Package>,
  schemas: readonly Pin[],
  text: OwnText,
): string[] {
  return [...packages].flatMap(([name, entry]) => {
    if (!("module" in entry)) return [];
    const pin = schemas.find(({ module }) => module === entry.module);
    if (pin === undefined || isOther(name, entry)) return [];
    const sum = entry.from === "go" ? entry.sum : sumIn(text(name, "go.sum") ?? "", entry.module, entry.version);
    if (entry.version !== pin.version) return [`${name}: ${entry.version}, the schemas are of ${pin.version}`];
    return sum === pin.sum ? [] : [`${name}: sum ${sum}, the schemas' is ${pin.sum}`];
  });
}

/** Deliberately another version than the schemas': the schemas' cannot be built. The package's note says why. */
const OTHER: ReadonlySet<string> = new Set(["argo-cd"]);
const isOther = (name: string, { note }: Package): boolean => OTHER.has(name) && note !== undefined;

/** What the lab runs is what the catalogue's charts deploy, or a reason is given. */
export function againstCharts(
  packages: ReadonlyMap<string, Package>,
  charts: readonly { name: string; version: string }[],
  deployed: Readonly<Record<string, Deployed>>,
): string[] {
  return Object.entries(deployed).flatMap(([name, { chart, carries, tool, otherwise }]) => {
    const pinned = charts.find((candidate) => candidate.name === name)?.version;
    const entry = packages.get(tool);
    if (pinned !== chart) return [`${name}: the catalogue has ${pinned}, what was read is ${chart}`];
    if (entry === undefined) return [`${name}: ${tool} is no package`];
    if (entry.version === carries)
      return otherwise === undefined ? [] : [`${name}: both are ${carries}; no reason is needed`];
    return otherwise === undefined
      ? [`${name}: the chart carries ${carries}, the lab runs ${entry.version}, and no reason is given`]
      : [];
  });
}

/** A package's own files say what versions.json says. */
export function againstOwnFiles(packages: ReadonlyMap<string, Package>, text: OwnText): string[] {
  return [...packages].flatMap(([name, entry]) => {
    if (entry.from === "go-mod")
      return goModFaults(name, entry, text(name, "go.mod") ?? "", text(name, "go.sum") ?? "");
    if (entry.from === "pypi")
      return requirementsFaults(
        name,
        entry.version,
        text(name, "requirements.in") ?? "",
        text(name, "requirements.txt") ?? "",
      );
    return [];
  });
}

function goModFaults(
  name: string,
  { module, version, executables }: { module: string; version: string; executables: Readonly<Record<string, string>> },
  mod: string,
  sum: string,
): string[] {
  const required = new RegExp(`(?:^(?:require)?\\s*|=> )${escaped(module)} (v\\S+)`, "m").exec(mod)?.[1];
  const block = /^tool \(\n([^)]*)\)/m.exec(mod)?.[1] ?? /^tool (.*)$/m.exec(mod)?.[1] ?? "";
  const tools = block
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const mains = [...new Set(Object.values(executables))];
  return [
    ...(required === version ? [] : [`${name}: go.mod requires ${required}`]),
    ...(sumIn(sum, module, version) === undefined ? [`${name}: go.sum has no sum`] : []),
    ...mains.filter((main) => !tools.includes(main)).map((main) => `${name}: ${main} is no tool of go.mod`),
    ...tools.filter((tool) => !mains.includes(tool)).map((tool) => `${name}: ${tool} of go.mod is no executable`),
  ];
}

function requirementsFaults(name: string, version: string, wanted: string, locked: string): string[] {
  const { project = "", pinned } = /^(?<project>[\w-]+)(?:\[\w+\])?==(?<pinned>\S+)$/.exec(wanted.trim())?.groups ?? {};
  const requirements = locked.split(/^(?=[a-zA-Z])/m).filter((text) => text.includes("=="));
  return [
    ...(pinned === version ? [] : [`${name}: requirements.in has ${pinned}`]),
    ...(requirements.some((text) => new RegExp(`^${escaped(project)}(\\[\\w+\\])?==${escaped(version)}\\s`).test(text))
      ? []
      : [`${name}: requirements.txt has no ${project} ${version}`]),
    ...requirements
      .filter((text) => !/--hash=sha256:[0-9a-f]{64}/.test(text))
      .map((text) => `${name}: no hash of ${text.split(/\s/)[0]}`),
  ];
}

const sumIn = (goSum: string, module: string, version: string): string | undefined =>
  new RegExp(`^${escaped(module)} ${escaped(version)} (h1:\\S+)$`, "m").exec(goSum)?.[1];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
